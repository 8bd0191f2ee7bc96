//! Recovery that an admin starts.

use crate::wire::{SecretText, Timestamp, wire_struct};

wire_struct! {
    /// A link that lets its holder into an account.
    pub struct RecoveryLink {
        required {
            /// The link.
            recovery_link: SecretText = "recovery_link",
        }
        optional {
            /// Until when it works.
            expires_at: Option<Timestamp> = "expires_at",
        }
    }
}

wire_struct! {
    /// A code that lets its holder into an account, and where to type it (0.11 and later).
    pub struct RecoveryCode {
        required {
            /// The code.
            recovery_code: SecretText = "recovery_code",
        }
        optional {
            /// The flow's page.
            recovery_link: Option<SecretText> = "recovery_link",
            /// Until when it works.
            expires_at: Option<Timestamp> = "expires_at",
        }
    }
}
