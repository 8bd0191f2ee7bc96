//! Methods of a recovery flow.

use super::body::submit_body;

submit_body! {
    /// A link to this address.
    Link = "link" for RecoveryFlow
    {
        text email = "email",
    }
    {
    }
}

submit_body! {
    /// A code that is sent (0.11 and later): first the address, then the code that came.
    Code = "code" for RecoveryFlow
    {
    }
    {
        /// The address.
        text with_email = "email",
        /// The code that came.
        text with_code = "code",
        /// The address, where recovery asks for it anew (25.4 and later, `choose_recovery_address`).
        text with_recovery_address = "recovery_address",
        /// Which masked address (25.4 and later).
        text with_select_address = "recovery_select_address",
        /// The whole of that address (25.4 and later).
        text with_confirm_address = "recovery_confirm_address",
        /// `previous` (25.4 and later).
        text with_screen = "screen",
    }
}
