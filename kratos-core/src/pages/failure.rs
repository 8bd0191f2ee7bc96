//! Failed calls, answered by the same table as a guarded route.

use super::Pages;
use crate::{
    RequestSession,
    client::{Error, ErrorKind},
    credential::HeaderLookup,
    policy::{Facts, GuardResponse, Refusal, RequestView, Requirement, decide},
    resolve::{ResolveError, SecondFactor},
};

impl RequestSession {
    /// The answer for a call to Kratos that a handler made for its user and that failed: by the same table as a
    /// guarded route. Not signed in any more: to login or 401; a second factor is missing: to show it or 403; Kratos
    /// cannot be asked: 503; the rate is limited: 429; anything else is a mistake of the call: 500.
    #[must_use]
    pub fn call_failed<H: HeaderLookup>(
        &self,
        error: &Error,
        request: &RequestView<'_, H>,
    ) -> Box<GuardResponse> {
        match self.pages(request) {
            Ok(pages) => pages.failed(error, request),
            Err(answer) => answer,
        }
    }
}

impl Pages<'_> {
    pub(super) fn failed<H: HeaderLookup>(
        &self,
        error: &Error,
        request: &RequestView<'_, H>,
    ) -> Box<GuardResponse> {
        let resolution = error.resolution();
        let failure = failure(error);
        let facts = match &resolution {
            Some(resolution) => Facts::Resolved(resolution, SecondFactor::Unknown),
            // The other port answered: that was logged, once.
            None if error.kind() == ErrorKind::Redirected => Facts::Failed(&failure),
            None => {
                tracing::warn!(target: "kratos", kind = ?failure.kind(), %error, "a call to Kratos failed");
                Facts::Failed(&failure)
            }
        };
        let decision =
            decide(facts, &Requirement::signed_in(), request, Some(self.links), crate::clock::now());
        // The facts above always refuse.
        let refused = || GuardResponse::refuse(&Refusal::from(&failure), request.audience());
        self.rendered(decision.answer().unwrap_or_else(refused))
    }
}

fn failure(error: &Error) -> ResolveError {
    error.failure(|| format!("Kratos refused a call: {error}"))
}
