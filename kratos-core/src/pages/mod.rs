//! What an application's own self-service pages need, whatever renders them.
//!
//! A page only reads its flow and shows it; the browser sends the form to Kratos itself. So a page never handles
//! a password, and Kratos' cookies go straight to the browser.

mod flow;
mod log_out;
mod restart;

use std::sync::Arc;

use http::StatusCode;

use crate::{
    Sessions,
    client::{BrowserCookies, Client, Error, RelayCookies},
    credential::HeaderLookup,
    flow::FlowError,
    policy::{Answer, Facts, Links, Refusal, RefusalReason, RequestView, Requirement, decide},
    resolve::{Resolution, ResolveError, SecondFactor, StepUp},
    transport::ConfigError,
    wire::Timestamp,
};

pub use flow::PageFlow;

/// The self-service pages of an application. Cheap to clone.
///
/// The pages' paths are those that Kratos' configuration names as `ui_url`s; Kratos sends the browser to them.
#[derive(Clone, Debug)]
pub struct Pages(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    sessions: Sessions,
    links: Links,
}

/// A flow to show, and the cookies that go with the page.
#[derive(Debug)]
#[must_use = "the browser needs the cookies"]
pub struct Shown<F> {
    /// The flow.
    pub flow: F,
    /// `Set-Cookie` lines to append to the page's response.
    pub cookies: RelayCookies,
}

impl Pages {
    /// Pages that read their flows with this client, and lead people by the [`Links`] of these sessions.
    ///
    /// # Errors
    /// When the sessions have no links: nobody could be led to start a flow.
    pub fn new(client: Client, sessions: Sessions) -> Result<Self, ConfigError> {
        let no_links = || {
            ConfigError::new(
                "self-service pages need Sessions::with_links: where browsers reach application and Kratos",
            )
        };
        let links = sessions.links().cloned().ok_or_else(no_links)?;
        Ok(Self(Arc::new(Inner { client, sessions, links })))
    }

    /// The flow that this page is asked to show (`?flow=ID`).
    ///
    /// # Errors
    /// The answer to send instead. Without a flow, and with one that is expired, unknown, somebody else's or does
    /// not fit the browser's CSRF cookie, the browser is led to start a new one; `return_to`, `login_challenge`,
    /// `aal`, `refresh` and every other parameter are kept. Settings without a session lead to login, with too
    /// weak a one to a second factor. When Kratos cannot be asked, it is 503.
    pub async fn show<F: PageFlow, H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<Shown<F>, Box<Answer>> {
        let Some(id) = request.query("flow").and_then(|id| id.parse().ok()) else {
            return Err(self.restart::<F, H>(request, None));
        };
        let cookies = BrowserCookies::from_headers(request.headers());
        match F::read(&self.0.client, &cookies, id).await {
            Ok(answer) => {
                let (flow, cookies) = answer.into_parts();
                Ok(Shown { flow, cookies })
            }
            Err(error) if restart::helps(&error) => Err(self.restart::<F, H>(request, Some(&error))),
            Err(error) => Err(self.failed(&error, request)),
        }
    }

    /// The error that the error page is asked to show (`?id=ID`).
    ///
    /// # Errors
    /// The answer to send instead: home when there is no such error, 503 when Kratos cannot be asked.
    pub async fn error<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<FlowError, Box<Answer>> {
        // 0.6 names it `error`.
        let Some(id) = request.query("id").or_else(|| request.query("error")) else {
            return Err(self.home());
        };
        match self.0.client.get_flow_error(&id).await {
            Ok(error) => Ok(error),
            // 0.6 answers 403 for an unknown one.
            Err(error) if matches!(error.status(), Some(StatusCode::NOT_FOUND | StatusCode::FORBIDDEN)) => {
                Err(self.home())
            }
            Err(error) => Err(self.failed(&error, request)),
        }
    }

    fn home(&self) -> Box<Answer> {
        let refusal = Refusal::new(RefusalReason::NoFlow, "there is nothing to show here");
        Box::new(self.0.sessions.render(Answer::redirect(&self.0.links.home(), None, &refusal)))
    }

    /// The answer for a failed call, by the same table as for a guarded route.
    fn failed<H: HeaderLookup>(&self, error: &Error, request: &RequestView<'_, H>) -> Box<Answer> {
        let failure;
        let resolution;
        let facts = if error.needs_aal2() {
            resolution = Resolution::StepUp(StepUp::new(error.redirect_browser_to()));
            Facts::Resolved(&resolution, SecondFactor::Unknown)
        } else if error.is_unauthenticated() {
            resolution = Resolution::Anonymous;
            Facts::Resolved(&resolution, SecondFactor::Unknown)
        } else {
            failure = if error.is_rate_limited() {
                ResolveError::rate_limited(error.retry_after())
            } else if error.is_unavailable() {
                ResolveError::unavailable(error.to_string())
            } else {
                ResolveError::misconfigured(format!("a self-service page cannot read its flow: {error}"))
            };
            tracing::warn!(target: "kratos", kind = ?failure.kind(), %error, "a self-service page failed");
            Facts::Failed(&failure)
        };
        let decision =
            decide(facts, &Requirement::signed_in(), request, Some(&self.0.links), Timestamp::now());
        // The facts above always refuse.
        let refused = || {
            Answer::refuse(
                &Refusal::misconfigured("the page was refused and allowed at once"),
                request.audience(),
            )
        };
        Box::new(self.0.sessions.render(decision.answer().unwrap_or_else(refused)))
    }
}
