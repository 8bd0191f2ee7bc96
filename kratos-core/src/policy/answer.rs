//! A decision as an HTTP answer.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use url::Url;

use super::{Audience, Refusal, RefusalReason};
use crate::{
    diagnosis,
    model::{ErrorBody, ErrorEnvelope},
};

/// What to send instead of calling the handler, whatever the framework. `Debug` shows neither headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct GuardResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers; append them.
    pub headers: HeaderMap,
    /// The body: empty for a redirect, else an error in Kratos' shape as JSON.
    pub body: Bytes,
    /// Why; for the response's extensions.
    pub refusal: Refusal,
    /// Who reads it.
    pub audience: Audience,
}

impl fmt::Debug for GuardResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, refusal, audience, .. } = self;
        let mut shown = f.debug_struct("Answer");
        shown.field("status", status).field("refusal", refusal).field("audience", audience);
        shown.finish_non_exhaustive()
    }
}

impl GuardResponse {
    /// Leads a browser elsewhere. 303, so that nothing is posted twice and nobody remembers it.
    pub(crate) fn redirect(to: &Url, cookie: Option<&HeaderValue>, refusal: &Refusal) -> Self {
        let mut answer = Self::new(StatusCode::SEE_OTHER, Bytes::new(), refusal, Audience::Page);
        answer.insert(header::LOCATION, to.as_str());
        if let Some(cookie) = cookie {
            answer.headers.append(header::SET_COOKIE, cookie.clone());
        }
        answer
    }

    /// The refusal's status with a machine-readable body: `{"error": {…}, "redirect_browser_to": …}`.
    ///
    /// What [`RefusalReason::Misconfigured`] explains is logged (target `kratos`), once a process.
    #[must_use]
    pub fn refuse(refusal: &Refusal, audience: Audience) -> Self {
        if refusal.reason() == RefusalReason::Misconfigured {
            diagnosis::misuse(refusal.explanation()).log_once();
        }
        let status = refusal.status();
        let mut envelope = ErrorEnvelope::new(ErrorBody::new());
        envelope.error.id = Some(refusal.id());
        envelope.error.code = Some(i64::from(status.as_u16()));
        envelope.error.status = status.canonical_reason().map(str::to_owned);
        envelope.error.message = refusal.explanation().to_owned();
        envelope.redirect_browser_to = refusal.redirect_to().map(Url::to_string);
        let body = serde_json::to_vec(&envelope).unwrap_or_default();
        let mut answer = Self::new(status, body.into(), refusal, audience);
        answer.insert(header::CONTENT_TYPE, "application/json");
        if let Some(help) = refusal.redirect_to().filter(|_| audience == Audience::Htmx) {
            answer.insert(HeaderName::from_static("hx-redirect"), help.as_str());
        }
        if let Some(wait) = refusal.retry_after() {
            // Whole seconds, rounded up: zero would mean at once.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            answer.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        answer
    }

    fn new(status: StatusCode, body: Bytes, refusal: &Refusal, audience: Audience) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { status, headers, body, refusal: refusal.clone(), audience }
    }

    fn insert(&mut self, name: HeaderName, value: &str) {
        // A URL is ASCII without control characters, so this never fails.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }
}
