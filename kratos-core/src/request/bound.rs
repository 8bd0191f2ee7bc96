//! A request together with its session.

use std::{fmt, sync::Arc};

use http::{HeaderMap, request::Parts};

use super::{GuardFuture, Rejection, RequestContext, RequestSession, SessionState, missing_layer};
use crate::{
    Kratos,
    client::{self, BrowserCookies},
    credential::{AmbiguousCredentials, Credential},
    flow::FlowError,
    model::Session,
    pages::PageFlow,
    policy::{GuardResponse, Refusal, RequestView, Requirement},
    tokenize::SessionJwt,
};

/// A request bound to its session: what a handler asks of Kratos for this request.
///
/// It owns what it needs, so a handler may keep it across awaits. All questions of one request share one call to Kratos.
/// Making one copies the request's headers; extractors such as `Session` do not.
///
/// kratos-axum and kratos-actix have an extractor of this name that dereferences to it.
#[derive(Clone)]
pub struct KratosRequest {
    session: RequestSession,
    method: Box<str>,
    path_and_query: Box<str>,
    headers: Arc<HeaderMap>,
}

impl KratosRequest {
    /// Binds a session to a request. For framework crates.
    #[must_use]
    pub fn new(session: RequestSession, method: &str, path_and_query: &str, headers: HeaderMap) -> Self {
        let headers = Arc::new(headers);
        Self { session, method: method.into(), path_and_query: path_and_query.into(), headers }
    }

    /// Returns the bound request of any tower service below a `KratosLayer`.
    ///
    /// # Errors
    /// When the request did not pass a `KratosLayer`: 500.
    pub fn from_parts(parts: &Parts) -> Result<Self, Rejection> {
        let Some(context) = parts.extensions.get::<RequestContext>() else {
            let fix = "a KratosRequest needs a KratosLayer: add it around this service";
            let request = RequestView::new(parts.method.as_str(), parts.uri.path(), &parts.headers);
            return Err(missing_layer(fix, &request));
        };
        Ok(context.session(&parts.headers).bind(&context.view(parts)))
    }

    /// Returns the active session.
    ///
    /// # Errors
    /// The response to send, as for [`require`](Self::require) with [`Requirement::signed_in`].
    pub fn session(&self) -> GuardFuture<Arc<Session>> {
        self.session.session(&self.view())
    }

    /// Returns the active session, or `None` for an anonymous request.
    ///
    /// # Errors
    /// The response to send in every other case: Kratos is unreachable, or requires a second factor first. See
    /// [`session_state`](Self::session_state) for a page that stays public in the latter case.
    pub fn optional_session(&self) -> GuardFuture<Option<Arc<Session>>> {
        self.session.optional_session(&self.view())
    }

    /// Returns the session for a page that stays public, also while Kratos requires a second factor.
    ///
    /// # Errors
    /// The response to send when Kratos is unreachable or misconfigured, or another site sent the request.
    pub fn session_state(&self) -> GuardFuture<SessionState> {
        self.session.session_state(&self.view())
    }

    /// Requires a session within a handler: a step-up before a payment, for example.
    ///
    /// # Errors
    /// The response to send: the requirement is unmet, or the session cannot be checked.
    pub fn require(&self, requirement: &Requirement) -> GuardFuture<()> {
        self.session.require(requirement, &self.view())
    }

    /// Returns the flow that this self-service page shows (`?flow=ID`). If it is missing or expired, redirects to a new
    /// flow, preserving query parameters. The flow's cookies reach the browser with the response.
    ///
    /// # Errors
    /// The response to send: a redirect to a new flow, to login or to a second factor; 503 when Kratos is unreachable;
    /// 500 without a Kratos URL or [`Kratos::with_app`].
    pub async fn flow<F: PageFlow>(&self) -> Result<F, Rejection> {
        self.session.flow(&self.view()).await
    }

    /// Returns the error that the error page shows (`?id=ID`).
    ///
    /// # Errors
    /// The response to send: a redirect home when there is no such error, 503 when Kratos is unreachable.
    pub async fn flow_error(&self) -> Result<FlowError, Rejection> {
        self.session.flow_error(&self.view()).await
    }

    /// Returns the session as a JWT for the services behind this one, made by `template` of Kratos'
    /// `session.whoami.tokenizer.templates`. Most requests cost no call: JWTs are cached.
    ///
    /// # Errors
    /// The response to send, as for [`session`](Self::session). 500 when Kratos has no such template.
    pub async fn jwt(&self, template: &str) -> Result<SessionJwt, Rejection> {
        self.session.jwt(template, &self.view()).await
    }

    /// Returns the value of a query parameter; `None` if it is absent or empty. A query of more than 64 KiB counts as absent.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.view().query(name)
    }

    /// Returns the value of a cookie, as the browser sent it; `None` if it is absent or not text.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.view().cookie(name)
    }

    /// Returns the value of a header; `None` if it is absent or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the browser's cookies, for [`Client::browser`](client::Client::browser).
    #[must_use]
    pub fn cookies(&self) -> BrowserCookies {
        BrowserCookies::from_headers(&*self.headers)
    }

    /// Returns the client for this request's browser, within the limits of pages: 5 s, 1 MiB, 128 calls in flight.
    ///
    /// # Errors
    /// 500 when the [`Kratos`] was made from a resolver, without a URL.
    pub fn browser(&self) -> Result<client::Browser<'_>, Rejection> {
        match self.session.kratos().pages() {
            Some(client) => Ok(client.browser(&self.cookies())),
            None => {
                let fix = "calling Kratos for a browser needs Kratos::new with the URL of its public API";
                Err(self.refuse(&Refusal::misconfigured(fix)))
            }
        }
    }

    /// Refuses the request for a reason of the application, rendered as every other rejection.
    #[must_use]
    pub fn refuse(&self, refusal: &Refusal) -> Rejection {
        self.session.refuse(refusal, &self.view())
    }

    /// Converts a failed call to Kratos into a rejection, by the table that guards follow: 401 or a redirect to login, 403
    /// or a redirect to the second factor, 429, 503; 500 for a faulty call.
    ///
    /// For calls on behalf of the browser: [`AdminClient`](client::AdminClient)'s errors are the application's to answer, by
    /// [`client::Error::is_not_found`] and the like.
    #[must_use]
    pub fn call_failed(&self, error: &client::Error) -> Rejection {
        self.session.call_failed(error, &self.view())
    }

    /// Ends the browser's session and redirects to `return_to` (a query parameter; a URL of this application) or home.
    /// Drops the cached session. An anonymous request is redirected as well.
    ///
    /// # Errors
    /// The response to send: 403 unless the request is a POST of this site, 503 when Kratos is unreachable. The session
    /// then still stands.
    pub async fn logout(&self) -> Result<GuardResponse, Rejection> {
        self.session.logout(&self.view()).await
    }

    /// Drops the cached session of this request's credential: after the application changed or ended it.
    pub async fn forget(&self) {
        self.session.forget().await;
    }

    /// Returns the credential that the request carries.
    ///
    /// # Errors
    /// When the request carries two under [`Ambiguous::Reject`](crate::credential::Ambiguous::Reject).
    pub fn credential(&self) -> Result<Option<&Credential>, AmbiguousCredentials> {
        self.session.credential()
    }

    /// Returns the [`Kratos`] of the layer.
    #[must_use]
    pub fn kratos(&self) -> &Kratos {
        self.session.kratos()
    }

    pub(crate) fn bound(&self) -> &RequestSession {
        &self.session
    }

    /// Returns the view that the policy reads.
    #[must_use]
    pub fn view(&self) -> RequestView<'_, HeaderMap> {
        RequestView::new(&self.method, &self.path_and_query, &self.headers)
    }
}

impl fmt::Debug for KratosRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KratosRequest")
            .field("request", &self.view())
            .field("session", &self.session)
            .finish()
    }
}
