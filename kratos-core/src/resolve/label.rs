//! The metric labels of outcomes.

#[cfg(feature = "metrics")]
use super::{Resolution, Resolved};
use super::{ResolveError, ResolveErrorKind};

/// The label of a call's outcome.
pub(crate) fn of_call<T>(outcome: &Result<T, ResolveError>) -> &'static str {
    outcome.as_ref().err().map_or("answered", of_error)
}

/// The labels of a resolution and of its source.
#[cfg(feature = "metrics")]
pub(crate) fn of_resolution(outcome: &Result<Resolved, ResolveError>) -> (&'static str, &'static str) {
    let found = match outcome {
        Ok(found) => found,
        Err(error) => return (of_error(error), "kratos"),
    };
    let outcome = match found.resolution {
        Resolution::Active(_) => "active",
        Resolution::Anonymous => "anonymous",
        Resolution::Aal2Required(_) => "aal2_required",
        Resolution::Unconfirmed(_) => "unconfirmed",
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
