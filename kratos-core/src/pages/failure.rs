//! Failed calls, answered by the same table as a guarded route.

use super::Pages;
use crate::{
    client::Error,
    credential::HeaderLookup,
    policy::{Answer, Facts, Refusal, RequestView, Requirement, decide},
    resolve::{ResolveError, SecondFactor},
    wire::Timestamp,
};

impl Pages<'_> {
    pub(super) fn failed<H: HeaderLookup>(&self, error: &Error, request: &RequestView<'_, H>) -> Box<Answer> {
        let resolution = error.resolution();
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
    error.failure(|| format!("a self-service page cannot read its flow: {error}"))
}
