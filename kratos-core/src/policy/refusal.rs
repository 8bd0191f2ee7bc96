//! Why a request is not let through.

use kratos_model::__private::QuietUrl;
use std::{borrow::Cow, fmt, time::Duration};

use http::StatusCode;
use url::Url;

use crate::{
    model::ErrorId,
    model::JsonError,
    resolve::{ResolveError, ResolveErrorKind},
};

/// Why a request was not let through, and what would help. Layers and extractors put it into the response's
/// extensions, for error pages, tracing and metrics.
/// `Debug` leaves out the query of [`Refusal::redirect_to`], which holds the address of the page.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    reason: RefusalReason,
    explanation: Cow<'static, str>,
    redirect_to: Option<Url>,
    retry_after: Option<Duration>,
}

/// The reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalReason {
    /// Nobody is signed in: 401.
    Anonymous,
    /// A second factor has to be shown: 403.
    SecondFactorRequired,
    /// A second factor has to be enrolled: 403.
    SecondFactorNotEnrolled,
    /// The factors were shown too long ago: 403.
    SessionTooOld,
    /// A token was shown where the session itself has to be, since Kratos is asked: 403.
    LiveSessionRequired,
    /// An address has to be verified: 403.
    AddressNotVerified,
    /// The application's own predicate says no: 403.
    Forbidden,
    /// A self-service page was asked for without a flow that can still be used: 410. Browsers are led to start
    /// one.
    NoFlow,
    /// Another site sent the request, with this one's cookies: 403.
    CrossSite,
    /// Somebody is signed in where nobody should be: 400, as Kratos answers it.
    AlreadySignedIn,
    /// The request carries two credentials and the reader is strict: 400.
    AmbiguousCredentials,
    /// The browser came back from login again and again without a session: 401 or 403.
    LoginLoop {
        /// Whether there was a session at all.
        signed_in: bool,
    },
    /// Kratos limits the rate: 429.
    RateLimited,
    /// Kratos cannot be asked: 503.
    Unavailable,
    /// The application is put together wrongly: 500.
    Misconfigured,
}

/// Seconds after which to try again when Kratos limits the rate and does not say until when.
const RETRY_AFTER: Duration = Duration::from_secs(5);

impl Refusal {
    /// A mistake in how the application is put together; `fix` says what to change.
    #[must_use]
    pub fn misconfigured(fix: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RefusalReason::Misconfigured, fix)
    }

    /// The answer of an extractor outside its layer; `layer` is what to add, and where.
    #[must_use]
    pub fn missing_layer(layer: &str) -> Self {
        Self::misconfigured(format!("the session was asked for outside {layer}: add it around this route"))
    }

    pub(crate) fn anonymous() -> Self {
        Self::new(RefusalReason::Anonymous, "nobody is signed in")
    }

    /// The answer of an extractor when the session came without its identity, which whoami never does.
    #[must_use]
    pub fn missing_identity() -> Self {
        Self::new(RefusalReason::Unavailable, "Kratos did not tell whose session it is")
    }

    pub(crate) fn new(reason: RefusalReason, explanation: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, explanation: explanation.into(), redirect_to: None, retry_after: None }
    }

    pub(crate) fn with_redirect_to(mut self, redirect_to: Option<Url>) -> Self {
        self.redirect_to = redirect_to;
        self
    }

    /// Which reason it is.
    #[must_use]
    pub fn reason(&self) -> RefusalReason {
        self.reason
    }

    /// The reason in words, for developers. It holds nothing of the request.
    #[must_use]
    pub fn explanation(&self) -> &str {
        &self.explanation
    }

    /// Where a browser can go to help it: login, step-up, enrolment, verification.
    #[must_use]
    pub fn redirect_to(&self) -> Option<&Url> {
        self.redirect_to.as_ref()
    }

    /// When to try again.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The HTTP status that says so.
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

    /// The id in the error's body: Kratos' own where it has one.
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
        // A resolver's own words stay in the log, except those that name a fix.
        let (reason, explanation) = match error.kind() {
            ResolveErrorKind::RateLimited => (RefusalReason::RateLimited, "too many requests".into()),
            ResolveErrorKind::Unavailable => {
                (RefusalReason::Unavailable, "the session cannot be checked at the moment".into())
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
            "the identity's traits are not of the type that the handler asks for: {error}"
        ))
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("reason", &self.reason)
            .field("explanation", &self.explanation)
            .field("help", &self.redirect_to.as_ref().map(QuietUrl))
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
