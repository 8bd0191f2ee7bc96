//! The response of every answer, for any framework.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use super::{HookMessage, HookRefusal};

/// The id of the message of [`HookResponse::stop`].
const STOPPED: i64 = 5_000_900;

/// A response to Kratos.
///
/// `Debug` shows the status alone: a body may hold traits.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HookResponse {
    /// The status.
    pub status: StatusCode,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// The body; empty or JSON.
    pub body: Bytes,
}

impl HookResponse {
    /// Stops the flow with a fixed message: 400, without `Retry-After`. Kratos does not call again.
    ///
    /// It is the response to everything but an answer: a handler's error, a panic, a time-out, an unreadable request. The
    /// user sees the message in the form where the answer is parsed, otherwise Kratos' error page.
    #[must_use]
    pub fn stop() -> Self {
        let text = "This step could not be completed. Please try again later.";
        HookRefusal::form(HookMessage::error(STOPPED, text)).into_response()
    }

    /// Refuses a caller that did not prove itself: 401.
    #[must_use]
    pub fn unproven() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::stop() }
    }

    /// Asks for another attempt: 503, with `Retry-After` in whole seconds, rounded up.
    #[must_use]
    pub fn retry(after: Option<Duration>) -> Self {
        let seconds = |after: Duration| after.as_secs().saturating_add(u64::from(after.subsec_nanos() > 0));
        Self { status: StatusCode::SERVICE_UNAVAILABLE, retry_after: after.map(seconds), ..Self::stop() }
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, retry_after: None, body: Bytes::new() }
    }

    /// Returns the response with a JSON body, or stops if it has no JSON form.
    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::bytes(status, body.into()),
            Err(_) => {
                tracing::error!(target: "kratos", "an answer to a hook has no JSON form: the flow was stopped");
                Self { status: StatusCode::BAD_REQUEST, ..Self::empty(status) }
            }
        }
    }

    pub(crate) fn bytes(status: StatusCode, body: Bytes) -> Self {
        Self { body, ..Self::empty(status) }
    }

    /// Returns the headers: `Cache-Control`, `Content-Type` if there is a body, `Retry-After` if there is one.
    pub fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let fixed = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let retry = self.retry_after.map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds)));
        std::iter::once(fixed).chain((!self.body.is_empty()).then_some(kind)).chain(retry)
    }

    /// Returns whether a retry of the same call may get this response again: below 500, but not 429.
    #[must_use]
    pub fn is_final(&self) -> bool {
        !self.status.is_server_error() && self.status != StatusCode::TOO_MANY_REQUESTS
    }
}

impl std::fmt::Debug for HookResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HookResponse").field("status", &self.status).finish_non_exhaustive()
    }
}
