//! Methods of a recovery flow.

use super::RecoveryBody;

impl RecoveryBody {
    /// Requests a link by mail to this address.
    pub fn link(email: &str) -> Self {
        Self::of_method("link").with_field("email", email)
    }

    /// Recovers by a code that Kratos sends (since 0.11). Takes two submits: [`with_email`](Self::with_email), then
    /// [`with_code`](Self::with_code).
    pub fn code() -> Self {
        Self::of_method("code")
    }

    /// `code`: sets the address to send the code to.
    pub fn with_email(self, email: &str) -> Self {
        self.with_field("email", email)
    }

    /// `code`: sets the code that the user received.
    pub fn with_code(self, code: &str) -> Self {
        self.with_field("code", code)
    }

    /// `code`: sets the address if Kratos requires it first (since 25.4, feature flag `choose_recovery_address`).
    pub fn with_recovery_address(self, address: &str) -> Self {
        self.with_field("recovery_address", address)
    }

    /// `code`: selects one of the masked addresses (since 25.4).
    pub fn with_select_address(self, masked: &str) -> Self {
        self.with_field("recovery_select_address", masked)
    }

    /// `code`: confirms the selected address by its full text (since 25.4).
    pub fn with_confirm_address(self, address: &str) -> Self {
        self.with_field("recovery_confirm_address", address)
    }

    /// `code`: sets the screen to show next, `previous` (since 25.4).
    pub fn with_screen(self, screen: &str) -> Self {
        self.with_field("screen", screen)
    }
}
