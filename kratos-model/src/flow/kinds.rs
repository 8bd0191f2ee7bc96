//! Types and states of flows.

use crate::wire::open_enum;

open_enum! {
    /// The client that a flow serves.
    pub enum FlowType {
        /// A browser: responses set cookies, and a submit requires the CSRF token.
        Browser = "browser",
        /// A native app: no cookies; a session comes with a session token.
        Api = "api",
    }
}

open_enum! {
    /// The progress of a flow. Login and registration have it since 1.1, the other flows always.
    pub enum FlowState {
        /// The user chooses a method.
        ChooseMethod = "choose_method",
        /// A code or link was sent.
        SentEmail = "sent_email",
        /// The code, link or credential was correct.
        PassedChallenge = "passed_challenge",
        /// Settings: the form is open.
        ShowForm = "show_form",
        /// Settings: the change is saved.
        Success = "success",
        /// Recovery asks for an address (25.4 and later, `choose_recovery_address`).
        RecoveryAwaitingAddress = "recovery_awaiting_address",
        /// Recovery asks which address to use (25.4 and later).
        RecoveryAwaitingAddressChoice = "recovery_awaiting_address_choice",
        /// Recovery asks to confirm a masked address (25.4 and later).
        RecoveryConfirmingAddress = "recovery_confirming_address",
        /// Recovery asks for the code that was sent (25.4 and later).
        RecoveryAwaitingCode = "recovery_awaiting_code",
    }
}

impl FlowState {
    /// Returns whether the flow is complete. Unknown states are not.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::PassedChallenge | Self::Success)
    }
}
