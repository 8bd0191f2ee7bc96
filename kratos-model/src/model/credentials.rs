//! Credentials as the admin side tells them.

use super::Method;
use crate::wire::{RawJson, Timestamp, wire_struct};

wire_struct! {
    /// One credential of an identity. It may hold a hashed password or provider tokens: treat it as a secret.
    pub struct IdentityCredentials {
        required {}
        optional {
            /// Its type, the same as its key in [`super::Identity::credentials`].
            kind: Option<Method> = "type",
            /// What its owner types to sign in.
            identifiers: Vec<String> = "identifiers",
            /// The credential itself; 0.7 and later tell it only when asked (`include_credential`).
            config: Option<RawJson> = "config",
            /// The version of `config` (0.9 and later).
            version: Option<i64> = "version",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}
