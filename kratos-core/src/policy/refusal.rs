//! Why a guard does not call the handler.

use std::{borrow::Cow, fmt, time::Duration};

use http::StatusCode;
use kratos_model::__private::QuietUrl;
use url::Url;

use crate::{
    model::{ErrorId, JsonError},
    resolve::{ResolveError, ResolveErrorKind},
};

/// Why a guard does not call the handler, and the page that can change that. Guards insert it into the response's
/// extensions, for error pages, tracing and metrics.
///
/// `Debug` leaves out the query of [`Refusal::redirect_to`], which holds the URL of the requested page.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    reason: RefusalReason,
    explanation: Cow<'static, str>,
    redirect_to: Option<Url>,
    retry_after: Option<Duration>,
}

/// The reason of a [`Refusal`], with the status that answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalReason {
    /// The request carries no active session: 401.
    Anonymous,
    /// A second factor is required: 403.
    SecondFactorRequired,
    /// A second factor must be enrolled: 403.
    SecondFactorNotEnrolled,
    /// The user authenticated too long ago: 403.
    SessionTooOld,
    /// The request carries a JWT where Kratos must confirm the session: 403.
    LiveSessionRequired,
    /// A verified address is required: 403.
    AddressNotVerified,
    /// The application's predicate returns false: 403.
    Forbidden,
    /// The request for a self-service page names no usable flow: 410. Pages are redirected to a new flow.
    NoFlow,
    /// Another site sent the request with this site's cookies: 403.
    CrossSite,
    /// The request carries a session where none is allowed: 400, as Kratos answers it.
    AlreadySignedIn,
    /// The request carries two credentials under [`Ambiguous::Reject`](crate::credential::Ambiguous::Reject): 400.
    AmbiguousCredentials,
    /// The browser returned from login repeatedly without a usable session: 401 or 403.
    LoginLoop {
        /// Whether the request carried a session.
        signed_in: bool,
    },
    /// Kratos limits the rate: 429.
    RateLimited,
    /// Kratos is unreachable, times out or fails: 503.
    Unavailable,
    /// The application is misconfigured: 500.
    Misconfigured,
}

/// `Retry-After` where Kratos limits the rate without sending one.
const RETRY_AFTER: Duration = Duration::from_secs(5);

impl Refusal {
    /// A misconfigured application; `fix` says what to change. The response does not show it; the log does, once a process.
    #[must_use]
    pub fn misconfigured(fix: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RefusalReason::Misconfigured, fix)
    }

    /// A session that lacks permission: 403. The body shows `explanation` to the caller.
    #[must_use]
    pub fn forbidden(explanation: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RefusalReason::Forbidden, explanation)
    }

    pub(crate) fn anonymous() -> Self {
        Self::new(RefusalReason::Anonymous, "the request carries no active session")
    }

    pub(crate) fn without_session_token() -> Self {
        let why = "an active session token is required, in X-Session-Token or as Authorization: Bearer; a session cookie is \
                   not accepted here";
        Self::new(RefusalReason::Anonymous, why)
    }

    /// A session without its identity, which whoami never returns.
    #[must_use]
    pub fn missing_identity() -> Self {
        Self::new(RefusalReason::Unavailable, "Kratos returned a session without its identity")
    }

    pub(crate) fn new(reason: RefusalReason, explanation: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, explanation: explanation.into(), redirect_to: None, retry_after: None }
    }

    pub(crate) fn with_redirect_to(mut self, redirect_to: Option<Url>) -> Self {
        self.redirect_to = redirect_to;
        self
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> RefusalReason {
        self.reason
    }

    /// Returns the reason in words, for developers. It holds nothing of the request.
    #[must_use]
    pub fn explanation(&self) -> &str {
        &self.explanation
    }

    /// Returns the page at which the user can meet the requirement: login, step-up, enrolment, verification.
    #[must_use]
    pub fn redirect_to(&self) -> Option<&Url> {
        self.redirect_to.as_ref()
    }

    /// Returns the time after which to try again.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.reason {
            RefusalReason::Anonymous | RefusalReason::LoginLoop { signed_in: false } => {
                StatusCode::UNAUTHORIZED
            }
            RefusalReason::SecondFactorRequired
            | RefusalReason::SecondFactorNotEnrolled
            | RefusalReason::SessionTooOld
            | RefusalReason::LiveSessionRequired
            | RefusalReason::AddressNotVerified
            | RefusalReason::Forbidden
            | RefusalReason::CrossSite
            | RefusalReason::LoginLoop { signed_in: true } => StatusCode::FORBIDDEN,
            RefusalReason::AlreadySignedIn | RefusalReason::AmbiguousCredentials => StatusCode::BAD_REQUEST,
            RefusalReason::NoFlow => StatusCode::GONE,
            RefusalReason::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            RefusalReason::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            RefusalReason::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the id in the error's body: Kratos' own where it has one.
    #[must_use]
    pub fn id(&self) -> ErrorId {
        match self.reason {
            RefusalReason::Anonymous => ErrorId::SessionInactive,
            RefusalReason::SecondFactorRequired | RefusalReason::SecondFactorNotEnrolled => {
                ErrorId::SessionAal2Required
            }
            RefusalReason::SessionTooOld => ErrorId::SessionRefreshRequired,
            RefusalReason::AddressNotVerified => ErrorId::SessionVerifiedAddressRequired,
            RefusalReason::AlreadySignedIn => ErrorId::SessionAlreadyAvailable,
            RefusalReason::Misconfigured => ErrorId::InvalidConfiguration,
            RefusalReason::NoFlow => ErrorId::SelfServiceFlowExpired,
            RefusalReason::CrossSite => ErrorId::SecurityCsrfViolation,
            RefusalReason::LiveSessionRequired => "session_live_required".into(),
            RefusalReason::Forbidden => "forbidden".into(),
            RefusalReason::AmbiguousCredentials => "credentials_ambiguous".into(),
            RefusalReason::LoginLoop { .. } => "login_loop".into(),
            RefusalReason::RateLimited => "rate_limited".into(),
            RefusalReason::Unavailable => "session_unavailable".into(),
        }
    }
}

impl From<&ResolveError> for Refusal {
    fn from(error: &ResolveError) -> Self {
        // A resolver's own message stays in the log.
        let (reason, explanation) = match error.kind() {
            ResolveErrorKind::RateLimited => (RefusalReason::RateLimited, "too many requests".into()),
            ResolveErrorKind::Unavailable => {
                (RefusalReason::Unavailable, "the session cannot be checked at present".into())
            }
            ResolveErrorKind::Misconfigured => (RefusalReason::Misconfigured, Cow::Owned(error.to_string())),
        };
        let mut refusal = Self::new(reason, explanation);
        refusal.retry_after = error.retry_after();
        if reason == RefusalReason::RateLimited {
            refusal.retry_after.get_or_insert(RETRY_AFTER);
        }
        refusal
    }
}

impl From<&JsonError> for Refusal {
    fn from(error: &JsonError) -> Self {
        Self::misconfigured(format!(
            "the identity's traits do not deserialize into the type that the handler expects: {error}"
        ))
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("reason", &self.reason)
            .field("explanation", &self.explanation)
            .field("redirect_to", &self.redirect_to.as_ref().map(QuietUrl))
            .field("retry_after", &self.retry_after)
            .finish()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explanation)
    }
}

impl std::error::Error for Refusal {}
