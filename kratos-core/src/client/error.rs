//! Errors of calls.

mod predicates;

use kratos_model::__private::DecodeError;
use std::{borrow::Cow, error::Error as StdError, fmt, time::Duration};

use http::{StatusCode, header};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::{excerpt, operations::Operation, with_cookies::RelayCookies};
use crate::{
    flow::ContinueWith,
    model::{ErrorEnvelope, ErrorId, Timestamp},
    transport::{Reply, TransportFailure, retry_after},
};

/// Why a call failed: no response, an error response of Kratos, or an unreadable response.
///
/// `Display` and `Debug` show the operation, the status, Kratos' error id and its general message. They omit
/// [`reason`](Self::reason), [`details`](Self::details) and [`body`](Self::body), which may quote user input. Of a response
/// that explains nothing else they show up to 160 bytes: words without digits that the request did not carry, or the names
/// of a JSON object.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    call: String,
    message: Cow<'static, str>,
    status: Option<StatusCode>,
    envelope: Option<ErrorEnvelope>,
    location: Option<Url>,
    body: String,
    /// What is shown of the response where it explains nothing else.
    excerpt: String,
    retry_after: Option<Duration>,
    json_path: Option<String>,
    cookies: RelayCookies,
    admin: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No connection was established. Nothing was sent.
    Unreachable,
    /// The circuit breaker did not permit the call. Nothing was sent.
    Withheld,
    /// The call timed out. Kratos may have executed it.
    Timeout,
    /// The connection broke or the response was too large. Kratos may have executed the call.
    Broken,
    /// Kratos responded with an error status; see the predicates and [`Error::status`].
    Refused,
    /// Kratos responded with an unexpected redirect; see [`Error::redirect_browser_to`].
    Redirected,
    /// The response is not the JSON that the operation returns; see [`Error::json_path`].
    Unreadable,
    /// The era or the server does not support the operation.
    Unsupported,
    /// The call is invalid. Nothing was sent.
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
            excerpt: String::new(),
            retry_after: None,
            json_path: None,
            cookies: RelayCookies::default(),
            admin: false,
            source: None,
        }))
    }

    pub(super) fn invalid_call(call: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidCall, call, message)
    }

    pub(super) fn not_in_era(operation: Operation, era: super::Era) -> Self {
        let message = format!(
            "is not supported by Kratos {era}, the era that the client is set to: it requires {}",
            operation.release()
        );
        Self::new(ErrorKind::Unsupported, operation.name(), message)
    }

    pub(super) fn transport(call: &str, failure: TransportFailure) -> Self {
        let kind = match &failure {
            TransportFailure::Timeout(_) => ErrorKind::Timeout,
            TransportFailure::Unreachable(_) => ErrorKind::Unreachable,
            TransportFailure::Broken(_) | TransportFailure::TooLarge { .. } => ErrorKind::Broken,
            TransportFailure::Redirected => ErrorKind::InvalidCall,
            TransportFailure::Withheld(_) => ErrorKind::Withheld,
            TransportFailure::Cancelled => ErrorKind::Broken,
        };
        let mut error = Self::new(kind, call, failure.to_string());
        if let TransportFailure::Withheld(withheld) = &failure {
            error.0.retry_after = Some(withheld.retry_after());
        }
        error.0.source = Some(Box::new(failure));
        error
    }

    /// Returns the error for an unsuccessful response.
    pub(super) fn refused(call: &str, reply: &Reply, cookies: RelayCookies) -> Self {
        let envelope: Option<ErrorEnvelope> = kratos_model::__private::decode_salvaging(&reply.body).ok();
        let kind = match reply.status.as_u16() {
            300..400 => ErrorKind::Redirected,
            // Kratos' router responds in plain text for an unknown route, a handler responds in JSON.
            404 | 405 if envelope.is_none() => ErrorKind::Unsupported,
            100..300 => ErrorKind::Unreadable,
            _ => ErrorKind::Refused,
        };
        let message = match kind {
            ErrorKind::Unsupported => "the server has no such route",
            ErrorKind::Redirected => "Kratos redirected",
            _ if envelope.is_some() => "Kratos returned an error",
            _ => "the response is not Kratos' JSON",
        };
        let mut error = Self::new(kind, call, message);
        error.0.status = Some(reply.status);
        error.0.location = location(reply);
        error.0.body = String::from_utf8_lossy(&reply.body).into_owned();
        error.0.retry_after = retry_after(&reply.headers);
        error.0.excerpt = match &envelope {
            // With a reason, the message is a fixed text of Kratos. Without one, it is the text of an internal error
            // (Kratos 1.3.1: 400 "sqlite update: database is locked") and may quote the request.
            Some(known) if known.error.reason.is_none() => {
                excerpt::of_text(&known.error.message, &reply.sent)
            }
            Some(_) => String::new(),
            None => excerpt::of_body(&reply.body, &reply.sent),
        };
        error.0.envelope = envelope;
        error.0.cookies = cookies;
        error
    }

    /// Marks an error of the admin API, which says nothing about the user's session.
    pub(super) fn of_admin(mut self) -> Self {
        self.0.admin = true;
        self
    }

    pub(super) fn is_of_admin(&self) -> bool {
        self.0.admin
    }

    /// Replaces the message.
    pub(super) fn explained(mut self, message: String) -> Self {
        self.0.message = message.into();
        self
    }

    /// Returns the error for a successful response that cannot be decoded.
    pub(super) fn unreadable(call: &str, reply: &Reply, error: DecodeError) -> Self {
        let message = format!("the response cannot be decoded at `{}`: {}", error.path, error.what);
        let mut unreadable = Self::new(ErrorKind::Unreadable, call, message);
        unreadable.0.status = Some(reply.status);
        unreadable.0.json_path = Some(error.path.clone());
        unreadable.0.body = String::from_utf8_lossy(&reply.body).into_owned();
        unreadable.0.excerpt = excerpt::of_body(&reply.body, &reply.sent);
        unreadable.0.source = Some(Box::new(error));
        unreadable
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status of the response. The `code` in the body may differ.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns Kratos' error id (since 0.8, not for every error).
    #[must_use]
    pub fn id(&self) -> Option<&ErrorId> {
        self.0.envelope.as_ref()?.error.id.as_ref()
    }

    /// Returns Kratos' explanation for the user. It may quote user input: do not log it.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.envelope.as_ref()?.error.reason.as_deref()
    }

    /// Returns Kratos' general message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.envelope.as_ref().map(|envelope| envelope.error.message.as_str())
    }

    /// Returns Kratos' details. They may quote user input: do not log them.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.0.envelope.as_ref()?.error.details.as_ref()
    }

    /// Returns Kratos' whole error, if the response was Kratos' JSON.
    #[must_use]
    pub fn envelope(&self) -> Option<&ErrorEnvelope> {
        self.0.envelope.as_ref()
    }

    /// Returns the response body as text; empty without a response. It may contain secrets: do not log it.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.0.body
    }

    /// Returns the URL to redirect the browser to, from Kratos' error or the `Location` of a redirect.
    #[must_use]
    pub fn redirect_browser_to(&self) -> Option<Url> {
        let named = self.0.envelope.as_ref().and_then(ErrorEnvelope::redirect_browser_to);
        named.or_else(|| self.0.location.clone())
    }

    /// Returns the id of the flow that replaces the expired one.
    #[must_use]
    pub fn use_flow_id(&self) -> Option<Uuid> {
        self.0.envelope.as_ref()?.use_flow_id
    }

    /// Returns when the flow expired (since 0.11).
    #[must_use]
    pub fn expired_at(&self) -> Option<Timestamp> {
        self.0.envelope.as_ref()?.expired_at
    }

    /// Returns the next steps, for example the verification that the next sign-in requires (since 25.4).
    #[must_use]
    pub fn continue_with(&self) -> Vec<ContinueWith> {
        let steps = || serde_json::from_value(self.details()?.get("continue_with")?.clone()).ok();
        steps().unwrap_or_default()
    }

    /// Returns the `Retry-After` of the response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the path in the JSON that could not be decoded, for example `ui.nodes[3]`; `.` for the root.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the cookies to relay to the browser although the call failed.
    pub fn cookies(&self) -> &RelayCookies {
        &self.0.cookies
    }
}

fn location(reply: &Reply) -> Option<Url> {
    let text = reply.headers.get(header::LOCATION)?.to_str().ok()?;
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// Kratos' ids are short names such as `session_inactive`. Other text may quote the request.
fn is_id(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        write!(f, "{}: {}", inner.call, inner.message)?;
        if let Some(status) = inner.status {
            write!(f, " ({status}")?;
            if let Some(id) = self.id().filter(|id| is_id(id.as_str())) {
                write!(f, ", {id}")?;
            }
            f.write_str(")")?;
        }
        match self.message().filter(|text| !text.is_empty() && self.reason().is_some()) {
            Some(message) => write!(f, ": {message}"),
            None if inner.excerpt.is_empty() => Ok(()),
            None => write!(f, ": {}", inner.excerpt),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
