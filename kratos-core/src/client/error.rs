//! Why a call failed.

use kratos_model::__private::DecodeError;
use std::{borrow::Cow, error::Error as StdError, fmt, time::Duration};

use http::{StatusCode, header};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::{Operation, answer::RelayCookies};
use crate::{
    flow::ContinueWith,
    model::Timestamp,
    model::{ErrorEnvelope, ErrorId},
    transport::{Reply, TransportFailure, retry_after},
};

/// Why a call failed: no answer, a refusal of Kratos, or an answer that cannot be read.
///
/// `Display` and `Debug` show the operation, the status, Kratos' error id and its general message. They leave
/// out [`reason`](Self::reason), [`details`](Self::details) and [`body`](Self::body), which may quote what
/// somebody typed.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    call: String,
    message: Cow<'static, str>,
    status: Option<StatusCode>,
    envelope: Option<ErrorEnvelope>,
    location: Option<Url>,
    body: String,
    retry_after: Option<Duration>,
    json_path: Option<String>,
    cookies: RelayCookies,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No connection: nothing was asked.
    Unreachable,
    /// No whole answer in time. Kratos may have done what was asked.
    Timeout,
    /// The connection broke, or the answer was too large. Kratos may have done what was asked.
    Broken,
    /// Kratos answered with a status that is not success; see the predicates and [`Error::status`].
    Refused,
    /// Kratos answered with a redirect where none is expected; see [`Error::redirect_browser_to`].
    Redirected,
    /// The answer is not what the operation answers: not JSON, or not this JSON. See [`Error::json_path`].
    Unreadable,
    /// The era or the server does not have the operation.
    Unsupported,
    /// The call itself is wrong, and nothing was sent.
    InvalidCall,
}

impl Error {
    fn new(kind: ErrorKind, call: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            call: call.to_owned(),
            message: message.into(),
            status: None,
            envelope: None,
            location: None,
            body: String::new(),
            retry_after: None,
            json_path: None,
            cookies: RelayCookies::default(),
            source: None,
        }))
    }

    pub(super) fn invalid_call(call: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidCall, call, message)
    }

    pub(super) fn not_in_era(operation: Operation, era: super::Era) -> Self {
        let fix = format!(
            "is not in Kratos {era}: it came with {}, and the client is set to that era",
            operation.release()
        );
        Self::new(ErrorKind::Unsupported, operation.name(), fix)
    }

    pub(super) fn transport(call: &str, failure: TransportFailure) -> Self {
        let kind = match &failure {
            TransportFailure::Timeout(_) => ErrorKind::Timeout,
            TransportFailure::Unreachable(_) => ErrorKind::Unreachable,
            TransportFailure::Broken(_) | TransportFailure::TooLarge { .. } => ErrorKind::Broken,
            TransportFailure::Redirected => ErrorKind::InvalidCall,
        };
        let mut error = Self::new(kind, call, failure.to_string());
        error.0.source = Some(Box::new(failure));
        error
    }

    /// Any answer that is not a success.
    pub(super) fn refused(call: &str, reply: &Reply, cookies: RelayCookies) -> Self {
        let envelope: Option<ErrorEnvelope> = kratos_model::__private::decode_salvaging(&reply.body).ok();
        let kind = match reply.status.as_u16() {
            300..400 => ErrorKind::Redirected,
            // Kratos' router answers in plain text where it has no route; Kratos itself answers in JSON.
            404 | 405 if envelope.is_none() => ErrorKind::Unsupported,
            100..300 => ErrorKind::Unreadable,
            _ => ErrorKind::Refused,
        };
        let message = match kind {
            ErrorKind::Unsupported => "the server has no such route",
            ErrorKind::Redirected => "Kratos redirects",
            _ if envelope.is_some() => "Kratos refused",
            _ => "the answer is not Kratos' JSON",
        };
        let mut error = Self::new(kind, call, message);
        error.0.status = Some(reply.status);
        error.0.location = location(reply);
        error.0.body = String::from_utf8_lossy(&reply.body).into_owned();
        error.0.retry_after = retry_after(&reply.headers);
        error.0.envelope = envelope;
        error.0.cookies = cookies;
        error
    }

    /// The same error in other words.
    pub(super) fn explained(mut self, message: String) -> Self {
        self.0.message = message.into();
        self
    }

    /// A success that cannot be read.
    pub(super) fn unreadable(call: &str, reply: &Reply, error: DecodeError) -> Self {
        let message =
            format!("the answer is not what this operation answers, at `{}`: {}", error.path, error.what);
        let mut told = Self::new(ErrorKind::Unreadable, call, message);
        told.0.status = Some(reply.status);
        told.0.json_path = Some(error.path.clone());
        told.0.body = String::from_utf8_lossy(&reply.body).into_owned();
        told.0.source = Some(Box::new(error));
        told
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, where there was an answer. The `code` in the body is not always the same.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Kratos' error id (0.8 and later, and not on every error).
    #[must_use]
    pub fn id(&self) -> Option<&ErrorId> {
        self.0.envelope.as_ref()?.error.id.as_ref()
    }

    /// What went wrong, in Kratos' words for people. It may quote what somebody typed: do not log it.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.envelope.as_ref()?.error.reason.as_deref()
    }

    /// What went wrong in general, in Kratos' words.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.envelope.as_ref().map(|envelope| envelope.error.message.as_str())
    }

    /// More of what went wrong, by error. It may quote what somebody typed: do not log it.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.0.envelope.as_ref()?.error.details.as_ref()
    }

    /// The whole error as Kratos wrote it, if it was Kratos' JSON.
    #[must_use]
    pub fn envelope(&self) -> Option<&ErrorEnvelope> {
        self.0.envelope.as_ref()
    }

    /// The body of the answer as text, whatever it is; empty without an answer. Do not log it.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.0.body
    }

    /// Where the browser has to go next: from the error, or the `Location` of a redirect.
    #[must_use]
    pub fn redirect_browser_to(&self) -> Option<Url> {
        let told = self.0.envelope.as_ref().and_then(ErrorEnvelope::redirect_browser_to);
        told.or_else(|| self.0.location.clone())
    }

    /// The flow that replaces the one asked for.
    #[must_use]
    pub fn use_flow_id(&self) -> Option<Uuid> {
        self.0.envelope.as_ref()?.use_flow_id
    }

    /// When the flow expired (0.11 and later).
    #[must_use]
    pub fn expired_at(&self) -> Option<Timestamp> {
        self.0.envelope.as_ref()?.expired_at
    }

    /// What follows: how to verify an address before the next sign-in, say (25.4 and later).
    #[must_use]
    pub fn continue_with(&self) -> Vec<ContinueWith> {
        let told = || serde_json::from_value(self.details()?.get("continue_with")?.clone()).ok();
        told().unwrap_or_default()
    }

    /// How long to wait before trying again, where the answer told.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Where in the JSON the answer could not be read, for example `ui.nodes[3]`; `.` for the whole.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// The cookies that the browser must get although the call failed.
    pub fn cookies(&self) -> &RelayCookies {
        &self.0.cookies
    }

    fn is_status(&self, status: u16) -> bool {
        self.0.status.is_some_and(|known| known.as_u16() == status)
    }

    fn is_id(&self, id: &ErrorId) -> bool {
        self.id() == Some(id)
    }

    /// Whether nobody is signed in: 401 in Kratos' JSON. 0.6 and 0.7 answer 403 without an id to settings flows.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        let kratos = self.0.envelope.is_some();
        let settings_2021 = self.is_status(403)
            && self.id().is_none()
            && self.details().is_none()
            && self.0.call.contains("SettingsFlow");
        kratos && (self.is_status(401) || settings_2021)
    }

    /// Whether a second factor is asked for.
    #[must_use]
    pub fn needs_aal2(&self) -> bool {
        self.is_id(&ErrorId::SessionAal2Required)
    }

    /// Whether the sign-in is too long ago for what was asked.
    #[must_use]
    pub fn needs_refresh(&self) -> bool {
        self.is_id(&ErrorId::SessionRefreshRequired)
    }

    /// Whether somebody is signed in already, so that no login or registration starts.
    #[must_use]
    pub fn is_already_signed_in(&self) -> bool {
        self.is_id(&ErrorId::SessionAlreadyAvailable)
    }

    /// Whether the flow has expired or was replaced: start it again, or use [`Error::use_flow_id`].
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.is_status(410)
    }

    /// Whether the CSRF cookie is missing or does not belong to the flow.
    #[must_use]
    pub fn is_csrf(&self) -> bool {
        self.is_id(&ErrorId::SecurityCsrfViolation)
            || (matches!(self.0.status.map(|status| status.as_u16()), Some(400 | 403))
                && self.reason().is_some_and(|reason| reason.contains("CSRF")))
    }

    /// Whether there is no such thing: a flow, an identity, a session.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(404) && self.0.envelope.is_some()
    }

    /// Whether it is there already, for example an identity with this e-mail address.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(409)
    }

    /// Whether Kratos says that what was sent is wrong (400).
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.is_status(400)
    }

    /// Whether too many requests were sent.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(429)
    }

    /// Whether Kratos did not answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether Kratos is unreachable, slow or failing, or the answer is not readable: answer 503, and sign nobody
    /// out.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Unreachable | ErrorKind::Timeout | ErrorKind::Broken | ErrorKind::Unreadable
        ) || self.0.status.is_some_and(|status| status.is_server_error())
    }

    /// Whether the era or the server does not have the operation.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        self.kind() == ErrorKind::Unsupported
    }
}

fn location(reply: &Reply) -> Option<Url> {
    let text = reply.headers.get(header::LOCATION)?.to_str().ok()?;
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        write!(f, "{}: {}", inner.call, inner.message)?;
        if let Some(status) = inner.status {
            write!(f, " ({status}")?;
            if let Some(id) = self.id() {
                write!(f, ", {id}")?;
            }
            f.write_str(")")?;
        }
        // Beside a reason the message is one of Kratos' own sentences. Without one it is whatever went wrong inside,
        // word for word, with any status (1.3.1: 400 "sqlite update: database is locked").
        match self.message().filter(|text| !text.is_empty() && self.reason().is_some()) {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("told", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
