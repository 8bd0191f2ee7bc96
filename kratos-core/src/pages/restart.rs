//! Starting a new flow in place of an unusable one.

use std::borrow::Cow;

use url::Url;

use super::{PageFlow, Pages};
use crate::{
    adapter::HeaderLookup,
    client::Error,
    diagnosis::hosts,
    model::ErrorId,
    policy::{Audience, GuardResponse, Hop, Refusal, RefusalReason, RequestView},
    request::Rejection,
    work,
};

/// Whether a new flow solves the error.
pub(super) fn helps(error: &Error) -> bool {
    error.is_not_found()
        || error.is_expired()
        || error.is_csrf()
        || error.id() == Some(&ErrorId::SecurityIdentityMismatch)
        || error.id() == Some(&ErrorId::SelfServiceFlowReplaced)
}

impl Pages<'_> {
    /// Redirects the browser to a usable flow.
    pub(super) fn restart<F: PageFlow, H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
        error: Option<&Error>,
    ) -> Rejection {
        let links = self.links;
        let to = match error.and_then(Error::use_flow_id) {
            Some(replacing) => {
                let mut page = links.app(request.path());
                page.query_pairs_mut()
                    .append_pair("flow", &replacing.to_string())
                    .extend_pairs(kept(request, error));
                page
            }
            None => links.start(F::NAME, &kept(request, error)),
        };
        let refusal =
            Refusal::new(RefusalReason::NoFlow, "the page needs a flow, which is missing or expired")
                .with_redirect_to(Some(to.clone()));
        let hop = Hop::of_flow_page(request, links.hop_key());
        let response = if hop.is_loop() {
            tracing::debug!(target: "kratos", page = F::NAME, "broke a loop of new flows");
            hosts::flow_loop().log_once();
            let why = "Kratos refuses each new flow of this browser; see the log.";
            let refusal =
                Refusal::new(RefusalReason::LoginLoop { signed_in: true }, why).with_redirect_to(Some(to));
            GuardResponse::refuse(&refusal, request.audience())
        } else if request.audience() == Audience::Htmx {
            GuardResponse::refuse(&refusal, Audience::Htmx)
        } else {
            GuardResponse::redirect(&to, hop.remember(links.is_https()).as_ref(), &refusal)
        };
        self.rendered(response, request)
    }
}

/// Every parameter of the page but the flow, and those that Kratos returns for an expired one (0.11 and later: `return_to`
/// and `login_challenge`).
fn kept<H: HeaderLookup>(request: &RequestView<'_, H>, error: Option<&Error>) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    let mut keep = |name: Cow<'_, str>, value: Cow<'_, str>| {
        kept.iter().for_each(|_| work::add(name.len()));
        if name != "flow" && !value.is_empty() && !kept.iter().any(|(known, _)| *known == name) {
            kept.push((name.into_owned(), value.into_owned()));
        }
    };
    request.query_pairs().for_each(|(name, value)| keep(name, value));
    let detail = |name: &str| error.and_then(Error::details)?.get(name)?.as_str();
    if let Some(restart) = detail("redirect_to").and_then(|url| Url::parse(url).ok()) {
        restart.query_pairs().for_each(|(name, value)| keep(name, value));
    }
    if let Some(return_to) = detail("return_to") {
        keep("return_to".into(), return_to.into());
    }
    kept
}
