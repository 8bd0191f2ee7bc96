//! The error of a guard.

use std::{borrow::Cow, fmt};

use crate::{
    adapter::HeaderLookup,
    diagnosis,
    policy::{GuardResponse, Refusal, RequestView},
};

/// Why a guard does not call the handler, together with the response to send.
///
/// Each framework crate converts it into its own error type, so that `?` works in a handler. `Debug` shows the reason
/// alone.
pub struct Rejection(Box<GuardResponse>);

impl Rejection {
    /// Returns the reason.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.0.refusal
    }

    /// Returns the response to send.
    #[must_use]
    pub fn response(&self) -> &GuardResponse {
        &self.0
    }

    /// Returns the response to send, by value.
    #[must_use]
    pub fn into_response(self) -> GuardResponse {
        *self.0
    }
}

impl From<GuardResponse> for Rejection {
    fn from(response: GuardResponse) -> Self {
        Self(Box::new(response))
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rejection").field(&self.0.refusal).finish()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.refusal, f)
    }
}

impl std::error::Error for Rejection {}

/// The rejection of a request whose session cannot be found, because layers are missing or in the wrong order: 500. `fix`
/// says what to change and is logged once a process.
#[must_use]
pub fn missing_layer<H: HeaderLookup>(
    fix: impl Into<Cow<'static, str>>,
    request: &RequestView<'_, H>,
) -> Rejection {
    let refusal = Refusal::misconfigured(fix);
    diagnosis::misuse(refusal.explanation()).log_once();
    GuardResponse::refuse(&refusal, request.audience()).into()
}
