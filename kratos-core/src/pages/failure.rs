//! Failed calls, answered by the table that guards follow.

use super::Pages;
use crate::{
    adapter::{HeaderLookup, RequestSession},
    client::{Error, ErrorKind},
    policy::{Facts, Refusal, RequestView, Requirement, decide},
    request::Rejection,
    resolve::SecondFactor,
};

impl RequestSession {
    /// Converts a failed call to Kratos into a rejection, by the table that guards follow: 401 or a redirect to login, 403
    /// or a redirect to the second factor, 429, 503; 500 for a faulty call.
    #[must_use]
    pub(crate) fn call_failed<H: HeaderLookup>(
        &self,
        error: &Error,
        request: &RequestView<'_, H>,
    ) -> Rejection {
        let resolution = error.resolution();
        let failure = error.failure(|| format!("Kratos refused a call: {error}"));
        let facts = match &resolution {
            Some(resolution) => Facts::Resolved(resolution, SecondFactor::Unknown),
            // The other port answered: that is logged already.
            None if error.kind() == ErrorKind::Redirected => Facts::Failed(&failure),
            None => {
                tracing::warn!(target: "kratos", kind = ?failure.kind(), %error, "a call to Kratos failed");
                Facts::Failed(&failure)
            }
        };
        let requirement = Requirement::signed_in();
        let decision =
            decide(facts, &requirement, request, self.kratos().links_for(request), crate::clock::now());
        // Those facts always refuse.
        let refused = || self.refuse(&Refusal::from(&failure), request);
        self.carry_out(&decision, request).err().unwrap_or_else(refused)
    }
}

impl Pages<'_> {
    pub(super) fn failed<H: HeaderLookup>(&self, error: &Error, request: &RequestView<'_, H>) -> Rejection {
        self.session.call_failed(error, request)
    }
}
