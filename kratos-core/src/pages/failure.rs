//! Failed calls, answered by the same table as a guarded route.

use super::Pages;
use crate::{
    client::Error,
    credential::HeaderLookup,
    policy::{Answer, Facts, Refusal, RequestView, Requirement, decide},
    resolve::{Resolution, ResolveError, SecondFactor, StepUp},
    wire::Timestamp,
};

impl Pages<'_> {
    pub(super) fn failed<H: HeaderLookup>(&self, error: &Error, request: &RequestView<'_, H>) -> Box<Answer> {
        let resolution = if error.needs_aal2() {
            Some(Resolution::StepUp(StepUp::new(error.redirect_browser_to())))
        } else {
            error.is_unauthenticated().then_some(Resolution::Anonymous)
        };
        let failure = failure(error);
        let facts = match &resolution {
            Some(resolution) => Facts::Resolved(resolution, SecondFactor::Unknown),
            None => {
                tracing::warn!(target: "kratos", kind = ?failure.kind(), %error, "a self-service page failed");
                Facts::Failed(&failure)
            }
        };
        let decision = decide(facts, &Requirement::signed_in(), request, Some(self.links), Timestamp::now());
        // The facts above always refuse.
        let refused = || Answer::refuse(&Refusal::from(&failure), request.audience());
        self.rendered(decision.answer().unwrap_or_else(refused))
    }
}

fn failure(error: &Error) -> ResolveError {
    if error.is_rate_limited() {
        ResolveError::rate_limited(error.retry_after())
    } else if error.is_unavailable() {
        ResolveError::unavailable(error.to_string())
    } else {
        ResolveError::misconfigured(format!("a self-service page cannot read its flow: {error}"))
    }
}
