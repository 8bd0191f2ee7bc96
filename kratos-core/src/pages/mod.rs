//! What an application's own self-service pages need, whatever renders them.
//!
//! A page only reads its flow and shows it; the browser sends the form to Kratos itself. So a page never handles
//! a password, and Kratos' cookies go straight to the browser. The methods are [`RequestSession::flow`],
//! [`RequestSession::flow_error`] and [`RequestSession::logout`](crate::RequestSession::logout); the framework
//! crates have extractors for them.

mod failure;
mod flow;
mod logout;
mod restart;

use http::StatusCode;
use url::Url;

use crate::{
    Kratos, RequestSession,
    client::{BrowserCookies, Client, RelayCookies},
    credential::HeaderLookup,
    diagnosis::{Finding, cookies, hosts, return_to},
    flow::{FlowError, ui::UiContainer},
    policy::{GuardResponse, Links, Refusal, RefusalReason, RequestView},
};

pub use flow::PageFlow;

/// What pages are made with.
struct Pages<'a> {
    client: &'a Client,
    links: &'a Links,
    sessions: &'a Kratos,
}

impl RequestSession {
    /// The flow that this page is asked to show (`?flow=ID`). Its cookies reach the browser with the response,
    /// which may not be stored.
    ///
    /// The page's path is the one that Kratos' configuration names as the flow's `ui_url`.
    ///
    /// # Errors
    /// The answer to send instead. Without a flow, and with one that is expired, unknown, somebody else's or does
    /// not fit the browser's CSRF cookie, the browser is led to start a new one; `return_to`, `login_challenge`,
    /// `aal`, `refresh` and every other parameter are kept. Settings without a session lead to login, with too
    /// weak a one to a second factor. When Kratos cannot be asked it is 503, and 500 without
    /// [`Kratos::with_client`] and [`Kratos::with_links`].
    pub async fn flow<F: PageFlow, H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<F, Box<GuardResponse>> {
        let pages = self.pages(request)?;
        let Some(id) = request.query("flow").and_then(|id| id.parse().ok()) else {
            return Err(pages.restart::<F, H>(request, None));
        };
        let cookies = BrowserCookies::from_headers(request.headers());
        match F::read(pages.client, &cookies, id).await {
            Ok(answer) => {
                let (flow, cookies) = answer.into_parts();
                self.shows_flow(&cookies);
                pages.watch(flow.ui(), &cookies);
                Ok(flow)
            }
            Err(error) if restart::helps(&error) => Err(pages.restart::<F, H>(request, Some(&error))),
            Err(error) => Err(pages.failed(&error, request)),
        }
    }

    /// The error that the error page is asked to show (`?id=ID`).
    ///
    /// # Errors
    /// The answer to send instead: home when there is no such error, 503 when Kratos cannot be asked.
    pub async fn flow_error<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<FlowError, Box<GuardResponse>> {
        let pages = self.pages(request)?;
        // 0.6 names it `error`.
        let Some(id) = request.query("id").or_else(|| request.query("error")) else {
            return Err(pages.home());
        };
        match pages.client.get_flow_error(&id).await {
            Ok(error) => {
                let told = error.errors().find_map(|error| return_to::of_error(&error, Some(pages.links)));
                told.iter().for_each(Finding::log_once);
                Ok(error)
            }
            // 0.6 answers 403 for an unknown one.
            Err(error) if matches!(error.status(), Some(StatusCode::NOT_FOUND | StatusCode::FORBIDDEN)) => {
                Err(pages.home())
            }
            Err(error) => Err(pages.failed(&error, request)),
        }
    }

    fn pages<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Result<Pages<'_>, Box<GuardResponse>> {
        let sessions = self.sessions();
        match (sessions.client(), sessions.links()) {
            (Some(client), Some(links)) => Ok(Pages { client, links, sessions }),
            _ => {
                let fix = "a self-service page needs Kratos::with_client and Kratos::with_links";
                Err(self.refuse(&Refusal::misconfigured(fix), request))
            }
        }
    }
}

impl Pages<'_> {
    /// Whether the form goes where browsers reach Kratos, and its cookies to browsers.
    fn watch(&self, form: &UiContainer, cookies: &RelayCookies) {
        if let Ok(action) = Url::parse(&form.action) {
            hosts::base_url(&action, self.links).iter().for_each(Finding::log_once);
        }
        cookies::watch(cookies.iter(), self.links);
    }

    fn home(&self) -> Box<GuardResponse> {
        let refusal = Refusal::new(RefusalReason::NoFlow, "there is nothing to show here");
        self.rendered(GuardResponse::redirect(&self.links.home(), None, &refusal))
    }

    fn rendered(&self, answer: GuardResponse) -> Box<GuardResponse> {
        Box::new(self.sessions.render(answer))
    }
}
