//! Refusals as responses, and what they show of the configuration in the log.

use super::{Rejection, RequestSession};
use crate::{
    adapter::HeaderLookup,
    diagnosis::{self, Finding, hosts},
    policy::{Decision, GuardResponse, Refusal, RefusalReason, RequestView},
};

impl RequestSession {
    /// Turns a decision into the rejection to send, and logs the misconfiguration that it shows.
    pub(crate) fn carry_out<H: HeaderLookup>(
        &self,
        decision: &Decision,
        request: &RequestView<'_, H>,
    ) -> Result<(), Rejection> {
        match decision.response() {
            Some(response) => {
                self.explain(&response.refusal, request);
                Err(self.0.kratos.render(response, request))
            }
            None => Ok(()),
        }
    }

    /// Logs what a refusal shows of the configuration, each finding once a process.
    fn explain<H: HeaderLookup>(&self, refusal: &Refusal, request: &RequestView<'_, H>) {
        match (refusal.reason(), self.0.kratos.links_for(request)) {
            (RefusalReason::Misconfigured, _) => diagnosis::misuse(refusal.explanation()).log_once(),
            (RefusalReason::LoginLoop { .. }, links) => {
                tracing::debug!(target: "kratos", "broke a login loop");
                let of_flow = request.query("flow").is_some();
                let guarded = of_flow || links.is_some_and(|links| links.is_target(request.path()));
                let finding = if guarded { hosts::guarded_page(request.path()) } else { hosts::login_loop() };
                finding.log_once();
            }
            (RefusalReason::CrossSite, _)
                if self.0.kratos.origins_for(request).is_none()
                    && request.headers().values("origin").next().is_some() =>
            {
                hosts::unknown_origin().log_once();
            }
            (RefusalReason::Anonymous, Some(links)) => {
                request
                    .host()
                    .and_then(|host| hosts::asked_as(host, links))
                    .iter()
                    .for_each(Finding::log_once);
            }
            _ => {}
        }
    }

    /// Refuses the request, rendered as every other rejection.
    #[must_use]
    pub fn refuse<H: HeaderLookup>(&self, refusal: &Refusal, request: &RequestView<'_, H>) -> Rejection {
        self.explain(refusal, request);
        self.0.kratos.render(GuardResponse::refuse(refusal, request.audience()), request)
    }
}
