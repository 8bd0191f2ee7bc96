//! What the figures call an outcome.

#[cfg(feature = "metrics")]
use super::{Resolution, Resolved};
use super::{ResolveError, ResolveErrorKind};

/// How a call ended.
pub(crate) fn of_call<T>(outcome: &Result<T, ResolveError>) -> &'static str {
    outcome.as_ref().err().map_or("answered", of_error)
}

/// What a resolver found, and who knew.
#[cfg(feature = "metrics")]
pub(crate) fn of_resolution(outcome: &Result<Resolved, ResolveError>) -> (&'static str, &'static str) {
    let found = match outcome {
        Ok(found) => found,
        Err(error) => return (of_error(error), "kratos"),
    };
    let outcome = match found.resolution {
        Resolution::Active(_) => "active",
        Resolution::Anonymous => "anonymous",
        Resolution::Aal2Required(_) => "step_up",
        Resolution::Unconfirmed(_) => "not_live",
    };
    (outcome, if found.live { "kratos" } else { "memory" })
}

fn of_error(error: &ResolveError) -> &'static str {
    match error.kind() {
        ResolveErrorKind::RateLimited => "rate_limited",
        ResolveErrorKind::Unavailable => "unavailable",
        ResolveErrorKind::Misconfigured => "misconfigured",
    }
}
