//! What an application's own self-service pages need, for any template engine.
//!
//! A page reads its flow and shows it; the browser sends the form to Kratos itself. So a page never handles a password,
//! and Kratos' cookies go straight to the browser. Handlers call [`KratosRequest::flow`](crate::KratosRequest::flow),
//! [`flow_error`](crate::KratosRequest::flow_error) and [`logout`](crate::KratosRequest::logout); the framework crates have
//! extractors for them.

mod account;
mod failure;
mod flow;
mod logout;
mod oauth2_error;
mod restart;

use http::StatusCode;
use url::Url;

use crate::{
    adapter::{HeaderLookup, RequestSession},
    client::{BrowserCookies, Client, RelayCookies},
    diagnosis::{Finding, cookies, hosts, return_to},
    flow::{Flow as _, FlowError, FlowType, LoginFlow, ui::UiContainer},
    links::Links,
    policy::{GuardResponse, Hop, Refusal, RefusalReason, RequestView},
    request::Rejection,
};

pub use account::{AccountDeleter, AccountDeletion};
pub use flow::PageFlow;
use oauth2_error::is_error_id;

/// What a page is made with.
struct Pages<'a> {
    client: &'a Client,
    links: &'a Links,
    session: &'a RequestSession,
}

impl RequestSession {
    /// Returns the flow that this page shows (`?flow=ID`). Its cookies reach the browser with the response, which may not
    /// be stored.
    ///
    /// The page's path is the one that Kratos' configuration names as the flow's `ui_url`.
    ///
    /// # Errors
    /// The response to send. If the flow is missing, expired, unknown, native, of another browser, or does not fit the CSRF
    /// cookie, redirects to a new one, preserving `return_to`, `login_challenge`, `aal`, `refresh` and every other parameter. A
    /// settings page redirects to login without a session, and to the second factor with too weak a one. 503 when Kratos
    /// is unreachable; 500 without a Kratos URL or [`Kratos::with_app`](crate::Kratos::with_app).
    pub async fn flow<F: PageFlow, H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<F, Rejection> {
        let pages = self.pages(request)?;
        let Some(id) = request.query("flow").and_then(|id| id.parse().ok()) else {
            return Err(pages.restart::<F, H>(request, None));
        };
        let cookies = BrowserCookies::from_headers(request.headers());
        match F::read(pages.client, &cookies, id).await {
            Ok(answer) => {
                let (flow, cookies) = answer.into_parts();
                if flow.flow_type() == Some(&FlowType::Api) {
                    // Any user can read it by its id, and Kratos refuses to submit it with cookies (26.2.0,
                    // selfservice/flow/request.go).
                    return Err(pages.restart::<F, H>(request, None));
                }
                // A login page that is shown ends the loop breaker's count.
                let shows_login = F::NAME == LoginFlow::NAME;
                let end = shows_login.then(|| Hop::end(request, pages.links.is_https())).flatten();
                self.shows_flow(cookies.iter().cloned().chain(end));
                pages.watch(flow.ui(), &cookies);
                Ok(flow)
            }
            Err(error) if restart::helps(&error) => Err(pages.restart::<F, H>(request, Some(&error))),
            Err(error) => Err(pages.failed(&error, request)),
        }
    }

    /// Returns the error that the error page shows: one that Kratos recorded (`?id=ID`), or one of OAuth 2, which the URL
    /// describes (`?error=…&error_description=…`).
    ///
    /// # Errors
    /// The response to send: a redirect home when there is no such error, 503 when Kratos is unreachable.
    pub async fn flow_error<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<FlowError, Rejection> {
        let pages = self.pages(request)?;
        // 0.6 names the parameter `error`.
        let id = request.query("id").or_else(|| request.query("error")).filter(|id| is_error_id(id));
        let Some(id) = id else {
            return oauth2_error::of_query(request).ok_or_else(|| pages.home(request));
        };
        match pages.client.get_flow_error(&id).await {
            Ok(error) => {
                let found = error.errors().find_map(|error| return_to::of_error(&error, Some(pages.links)));
                found.iter().for_each(Finding::log_once);
                Ok(error)
            }
            // 0.6 answers 403 for an unknown one.
            Err(error) if matches!(error.status(), Some(StatusCode::NOT_FOUND | StatusCode::FORBIDDEN)) => {
                Err(pages.home(request))
            }
            Err(error) => Err(pages.failed(&error, request)),
        }
    }

    fn pages<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Result<Pages<'_>, Rejection> {
        let kratos = self.kratos();
        match (kratos.pages(), kratos.links_for(request)) {
            (Some(client), Some(links)) => Ok(Pages { client, links, session: self }),
            _ => {
                let fix = "a self-service page needs Kratos::new with a URL, and Kratos::with_app";
                Err(self.refuse(&Refusal::misconfigured(fix), request))
            }
        }
    }
}

impl Pages<'_> {
    /// Compares the form's action with the configured URL, and the cookies with the application's host.
    fn watch(&self, form: &UiContainer, cookies: &RelayCookies) {
        if let Ok(action) = Url::parse(&form.action) {
            hosts::base_url(&action, self.links).iter().for_each(Finding::log_once);
        }
        cookies::watch(cookies.iter(), self.links);
    }

    fn home<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Rejection {
        let refusal = Refusal::new(RefusalReason::NoFlow, "there is nothing to show here");
        self.rendered(GuardResponse::redirect(&self.links.home(), None, &refusal), request)
    }

    fn rendered<H: HeaderLookup>(&self, response: GuardResponse, request: &RequestView<'_, H>) -> Rejection {
        self.session.kratos().render(response, request)
    }
}

#[cfg(test)]
mod tests;
