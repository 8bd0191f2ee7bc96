//! The small vocabulary that all flows share.

use crate::wire::open_enum;

open_enum! {
    /// Who a flow was made for.
    pub enum FlowType {
        /// A browser: answers set cookies, submits need the CSRF token.
        Browser = "browser",
        /// A native app: no cookies, sessions come as tokens.
        Api = "api",
    }
}

open_enum! {
    /// How far a flow is. Login and registration have it since 1.1, the others always had it.
    pub enum FlowState {
        /// A method has to be chosen.
        ChooseMethod = "choose_method",
        /// A code or link was sent.
        SentEmail = "sent_email",
        /// The code, link or credential was right.
        PassedChallenge = "passed_challenge",
        /// Settings: the form waits.
        ShowForm = "show_form",
        /// Settings: the change is saved.
        Success = "success",
        /// Recovery asks for an address (25.4 and later, `choose_recovery_address`).
        RecoveryAwaitingAddress = "recovery_awaiting_address",
        /// Recovery asks which address to use (25.4 and later).
        RecoveryAwaitingAddressChoice = "recovery_awaiting_address_choice",
        /// Recovery asks to confirm a masked address (25.4 and later).
        RecoveryConfirmingAddress = "recovery_confirming_address",
        /// Recovery asks for the code it sent (25.4 and later).
        RecoveryAwaitingCode = "recovery_awaiting_code",
    }
}

impl FlowState {
    /// Whether nothing is left to do in the flow. A state that this crate does not know is not done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::PassedChallenge | Self::Success)
    }
}
