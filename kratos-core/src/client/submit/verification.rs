//! Methods of a verification flow.

use super::VerificationBody;

impl VerificationBody {
    /// Requests a link by mail to this address.
    pub fn link(email: &str) -> Self {
        Self::of_method("link").with_field("email", email)
    }

    /// Verifies by a code that Kratos sends (since 0.11). Takes two submits: [`with_email`](Self::with_email), then
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
}
