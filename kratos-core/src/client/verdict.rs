//! Converts errors to resolutions.

use super::Error;
use crate::resolve::{Aal2Required, Resolution, ResolveError};

impl Error {
    /// Returns the resolution that this error implies, if any.
    pub(crate) fn resolution(&self) -> Option<Resolution> {
        if self.needs_aal2() {
            return Some(Resolution::Aal2Required(Box::new(Aal2Required::new(self.redirect_browser_to()))));
        }
        self.is_unauthenticated().then_some(Resolution::Anonymous)
    }

    /// Returns the resolve error for this error. `fix` describes what to change if the configuration is wrong.
    pub(crate) fn failure(&self, fix: impl FnOnce() -> String) -> ResolveError {
        if self.is_rate_limited() {
            ResolveError::rate_limited(self.retry_after())
        } else if self.is_unavailable() {
            ResolveError::unavailable(self.to_string()).with_retry_after(self.retry_after())
        } else {
            ResolveError::misconfigured(fix())
        }
    }
}
