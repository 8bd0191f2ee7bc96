//! Recovery started through the admin API.

use crate::wire::{SecretText, Timestamp, wire_struct};

wire_struct! {
    /// A recovery link. It grants access to the account.
    pub struct RecoveryLink {
        required {
            /// The link.
            recovery_link: SecretText = "recovery_link",
        }
        optional {
            /// The time when the link expires.
            expires_at: Option<Timestamp> = "expires_at",
        }
    }
}

wire_struct! {
    /// A recovery code and the page to enter it (0.11 and later). The code grants access to the account.
    pub struct RecoveryCode {
        required {
            /// The code.
            recovery_code: SecretText = "recovery_code",
        }
        optional {
            /// The URL of the recovery page.
            recovery_link: Option<SecretText> = "recovery_link",
            /// The time when the code expires.
            expires_at: Option<Timestamp> = "expires_at",
        }
    }
}
