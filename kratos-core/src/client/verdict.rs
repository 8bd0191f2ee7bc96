//! A failed call in the terms of the decision table.

use super::Error;
use crate::resolve::{Aal2Required, Resolution, ResolveError};

impl Error {
    /// What the failure says of the session, if it does.
    pub(crate) fn resolution(&self) -> Option<Resolution> {
        if self.needs_aal2() {
            return Some(Resolution::Aal2Required(Box::new(Aal2Required::new(self.redirect_browser_to()))));
        }
        self.is_unauthenticated().then_some(Resolution::Anonymous)
    }

    /// Why nobody could tell; `fix` says what to change when it is our mistake.
    pub(crate) fn failure(&self, fix: impl FnOnce() -> String) -> ResolveError {
        if self.is_rate_limited() {
            ResolveError::rate_limited(self.retry_after())
        } else if self.is_unavailable() {
            ResolveError::unavailable(self.to_string())
        } else {
            ResolveError::misconfigured(fix())
        }
    }
}
