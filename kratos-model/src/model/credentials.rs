//! Credentials in the admin API.

use super::Method;
use crate::wire::{RawJson, Timestamp, wire_struct};

wire_struct! {
    /// One credential of an identity. It may hold a hashed password or provider tokens: treat it as a secret.
    pub struct IdentityCredentials {
        required {}
        optional {
            /// The type, the same as the key in [`super::Identity::credentials`].
            kind: Option<Method> = "type",
            /// The identifiers that the user signs in with.
            identifiers: Vec<String> = "identifiers",
            /// The secret part. Kratos 0.7 and later send it only on request (`include_credential`).
            config: Option<RawJson> = "config",
            /// The version of `config` (0.9 and later).
            version: Option<i64> = "version",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}
