//! Converts errors to resolutions.

use super::Error;
use crate::resolve::{Aal2Required, Resolution, ResolveError};

impl Error {
    /// Returns the resolution that this error implies, if any.
    pub(crate) fn resolution(&self) -> Option<Resolution> {
        if self.is_of_admin() {
            return None;
        }
        if self.needs_aal2() {
            return Some(Resolution::Aal2Required(Box::new(Aal2Required::new(self.redirect_browser_to()))));
        }
        self.is_unauthenticated().then_some(Resolution::Anonymous)
    }

    /// Returns the resolve error for this error. `fix` describes what to change if the configuration is wrong.
    pub(crate) fn failure(&self, fix: impl FnOnce() -> String) -> ResolveError {
        if self.is_rate_limited() {
            ResolveError::rate_limited(self.retry_after())
        } else if self.is_of_admin() && matches!(self.status().map(|status| status.as_u16()), Some(401 | 403))
        {
            let fix =
                "check the key of `AdminClient::with_bearer_key`, and the proxy before Kratos' admin API";
            ResolveError::misconfigured(format!("{self}: {fix}"))
        } else if self.is_unavailable() || self.is_of_another_server() {
            ResolveError::unavailable(self.to_string()).with_retry_after(self.retry_after())
        } else {
            ResolveError::misconfigured(fix())
        }
    }

    /// Whether a proxy before Kratos answered: a status that Kratos itself explains in its own error shape, without it.
    fn is_of_another_server(&self) -> bool {
        let status = self.status().map_or(0, |status| status.as_u16());
        matches!(status, 408 | 425) || (matches!(status, 401 | 403 | 422) && self.envelope().is_none())
    }
}
