use std::{error::Error as StdError, fmt, time::Duration};

use http::StatusCode;
use kratos_model::{__private::decode_salvaging, QuietText, oauth2::ProviderError};
use url::Url;

/// Why a call to Hydra's admin API failed.
///
/// `Display` and `Debug` show the call, the status and Hydra's error code. They omit the description, which may quote input.
pub struct HydraError(Box<Inner>);

struct Inner {
    kind: HydraErrorKind,
    call: &'static str,
    status: Option<StatusCode>,
    answer: ProviderError,
    redirect_to: Option<QuietText>,
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of a [`HydraError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HydraErrorKind {
    /// No connection was established. Nothing was sent.
    Unreachable,
    /// Too many calls are in flight, or calls are suspended after repeated timeouts. Nothing was sent; see
    /// [`HydraError::retry_after`].
    Busy,
    /// The call timed out. Hydra may have executed it.
    Timeout,
    /// The connection broke, or the response was too large. Hydra may have executed the call.
    Broken,
    /// Hydra responded with an error status; see the predicates and [`HydraError::status`].
    Refused,
    /// The response is not the JSON that the call returns.
    Unreadable,
    /// The HTTP client followed a redirect, or the call cannot be built.
    Misconfigured,
}

impl HydraError {
    pub(super) fn new(kind: HydraErrorKind, call: &'static str) -> Self {
        let answer = ProviderError::default();
        let inner =
            Inner { kind, call, status: None, answer, redirect_to: None, retry_after: None, source: None };
        Self(Box::new(inner))
    }

    pub(super) fn with_retry_after(mut self, time: Duration) -> Self {
        self.0.retry_after = Some(time);
        self
    }

    pub(super) fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(super) fn of_transport(call: &'static str, error: reqwest::Error) -> Self {
        // The URL holds the challenge.
        let error = error.without_url();
        let kind = match () {
            () if error.is_timeout() => HydraErrorKind::Timeout,
            () if error.is_connect() => HydraErrorKind::Unreachable,
            () if error.is_builder() => HydraErrorKind::Misconfigured,
            () => HydraErrorKind::Broken,
        };
        Self::new(kind, call).with_source(error)
    }

    pub(super) fn refused(call: &'static str, status: StatusCode, body: &[u8]) -> Self {
        let mut error = Self::new(HydraErrorKind::Refused, call);
        error.0.status = Some(status);
        error.0.answer = decode_salvaging(body).unwrap_or_default();
        if status == StatusCode::GONE {
            let target = error.0.answer.extra.get("redirect_to").and_then(|url| url.as_str());
            error.0.redirect_to = target.map(QuietText::from);
        }
        error
    }

    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> HydraErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status of an error that Hydra sent.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the time after which to call again, of a call that was not sent ([`HydraErrorKind::Busy`]).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns Hydra's error code, for example `invalid_request`; empty if it sent none.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.answer.error
    }

    /// Returns Hydra's description, for developers. It may quote what the call contained.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.answer.error_description.as_deref()
    }

    /// Returns whether Hydra knows no such request: 404. It never existed, or was rejected.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Returns whether the request has expired: 401 `request_unauthorized`, as Hydra 26.2.0 responds. A proxy that refuses the key
    /// of [`HydraAdmin::with_key`](crate::HydraAdmin::with_key) has another code.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.0.status == Some(StatusCode::UNAUTHORIZED) && self.code() == "request_unauthorized"
    }

    /// Returns whether the request was answered before: 410; see [`redirect_to`](Self::redirect_to).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.status == Some(StatusCode::GONE)
    }

    /// Returns whether the call conflicts with an earlier one: 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.0.status == Some(StatusCode::CONFLICT)
    }

    /// Returns whether what was sent is at fault: a status of 400 to 499.
    #[must_use]
    pub fn is_client_error(&self) -> bool {
        self.0.status.is_some_and(|status| status.is_client_error())
    }

    /// Returns where a request that was answered before goes on (410). `None` unless it is an absolute `http(s)` URL: of a
    /// logout Hydra 26.2.0 returns the path of its own request.
    #[must_use]
    pub fn redirect_to(&self) -> Option<Url> {
        let url = Url::parse(self.0.redirect_to.as_deref()?).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }
}

impl fmt::Display for HydraError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, call, status, answer, .. } = &*self.0;
        match (kind, status) {
            (HydraErrorKind::Refused, Some(status)) => {
                write!(f, "Hydra responded to `{call}` with {status}")?;
                let is_code = answer.error.len() <= 64
                    && answer.error.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
                if is_code && !answer.error.is_empty() { write!(f, ": {}", answer.error) } else { Ok(()) }
            }
            (HydraErrorKind::Unreachable, _) => {
                write!(
                    f,
                    "Hydra is unreachable for `{call}`: check the URL of HydraAdmin::new, its admin API (port 4445)"
                )
            }
            (HydraErrorKind::Busy, _) => {
                write!(f, "too many calls to Hydra are in flight or timed out: `{call}` was not sent")
            }
            (HydraErrorKind::Timeout, _) => write!(f, "Hydra timed out for `{call}`"),
            (HydraErrorKind::Unreadable, _) => {
                write!(
                    f,
                    "Hydra's response to `{call}` cannot be read: check that HydraAdmin::new has the URL of its admin API"
                )
            }
            (HydraErrorKind::Misconfigured, _) => {
                write!(
                    f,
                    "the HTTP client cannot be used for `{call}`: build it with redirect::Policy::none()"
                )
            }
            _ => write!(f, "the connection to Hydra broke for `{call}`"),
        }
    }
}

impl fmt::Debug for HydraError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, call, status, answer, .. } = &*self.0;
        f.debug_struct("HydraError")
            .field("kind", kind)
            .field("call", call)
            .field("status", status)
            .field("code", &answer.error)
            .finish_non_exhaustive()
    }
}

impl StdError for HydraError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
