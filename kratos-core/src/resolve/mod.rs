//! Turns a credential into a session, or into the reason for its absence.

mod cache;
mod error;
#[cfg(feature = "__fuzzing")]
pub(crate) mod fuzz;
mod http;
#[cfg(feature = "jwt")]
mod jwt;
pub(crate) mod label;
pub(crate) mod relay;
mod static_resolver;
mod whoami;

use kratos_model::__private::QuietUrl;
use std::{fmt, sync::Arc, time::Duration};

use ::http::HeaderValue;
use async_trait::async_trait;
use url::Url;
use uuid::Uuid;

use crate::{credential::Credential, model::Session};

pub use crate::breaker::CircuitBreaker;
#[cfg(feature = "fleet")]
pub(crate) use cache::Revocation;
pub use cache::{CachedSession, CachingResolver, MemoryStore, SessionStore};
pub use error::{ResolveError, ResolveErrorKind};
pub use http::HttpResolver;
#[cfg(feature = "jwt")]
#[cfg_attr(docsrs, doc(cfg(feature = "jwt")))]
pub use jwt::{Jwks, JwtAlgorithm, JwtResolver};
pub use static_resolver::StaticResolver;

/// Turns a credential into a session.
///
/// Layers store it as `Arc<dyn SessionResolver>`. An error means that the session is unknown; it never means that the
/// request is anonymous.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a source of sessions",
    label = "expected a `Kratos` or a `SessionResolver`",
    note = "the setters of `Kratos` that take a URL return a `Result`: add `?` after `Kratos::new(..)`, `with_app(..)` and \
            `with_browser_url(..)`",
    note = "a `Client` makes no sessions: pass the `Kratos` itself"
)]
#[async_trait]
pub trait SessionResolver: Send + Sync {
    /// Resolves the session of this credential.
    ///
    /// # Errors
    /// When Kratos limits the rate, is unreachable or times out, or the resolver is misconfigured.
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError>;

    /// Determines whether the user of an AAL1 session has enrolled a second factor. It selects between the step-up and the
    /// enrolment page, so guards call it only when such a session meets an AAL2 requirement.
    ///
    /// The default returns [`SecondFactor::Unknown`], which selects the step-up page.
    ///
    /// # Errors
    /// As for [`SessionResolver::resolve`].
    async fn second_factor(&self, _credential: &Credential) -> Result<SecondFactor, ResolveError> {
        Ok(SecondFactor::Unknown)
    }

    /// Returns a cached resolution that satisfies [`Freshness::Cached`], without waiting. It saves the future of
    /// [`SessionResolver::resolve`]. An error is never cached.
    ///
    /// The default returns `None`.
    fn cached(&self, _credential: &Credential) -> Option<Resolved> {
        None
    }

    /// Drops the cache entries of this credential: after a logout, a refresh, a step-up.
    ///
    /// The default has no cache.
    async fn forget(&self, _credential: &Credential) {}

    /// Drops the cache entries of a session, under every credential: after it was revoked. A resolver that wraps another
    /// passes it on.
    ///
    /// The default has no cache.
    fn forget_session(&self, _session: Uuid) {}

    /// Drops the cache entries of an identity's sessions: after it was changed, deactivated or deleted. A resolver that
    /// wraps another passes it on.
    ///
    /// The default has no cache.
    fn forget_identity(&self, _identity: Uuid) {}

    /// Drops every cache entry. A resolver that wraps another passes it on.
    ///
    /// The default has no cache.
    fn forget_all(&self) {}
}

#[async_trait]
impl<R: SessionResolver + ?Sized> SessionResolver for Arc<R> {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        (**self).resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        (**self).second_factor(credential).await
    }

    fn cached(&self, credential: &Credential) -> Option<Resolved> {
        (**self).cached(credential)
    }

    async fn forget(&self, credential: &Credential) {
        (**self).forget(credential).await;
    }

    fn forget_session(&self, session: Uuid) {
        (**self).forget_session(session);
    }

    fn forget_identity(&self, identity: Uuid) {
        (**self).forget_identity(identity);
    }

    fn forget_all(&self) {
        (**self).forget_all();
    }
}

/// How current a resolution must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Freshness {
    /// A cache entry within its TTL suffices.
    Cached,
    /// Kratos must be called now: for AAL2 and privileged requirements.
    Live,
}

/// The outcome of a resolver.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Resolution {
    /// An active session.
    Active(Arc<Session>),
    /// No active session: no credential, or an unknown, revoked or expired one.
    Anonymous,
    /// An active session that Kratos withholds until the user completes a second factor (`session.whoami.required_aal`, 0.8
    /// and later). Boxed, so that the usual outcomes are small.
    Aal2Required(Box<Aal2Required>),
    /// A session that a JWT proves and Kratos did not confirm, although [`Freshness::Live`] requires it: the request carries
    /// no credential that Kratos accepts for this session. It satisfies [`Freshness::Cached`].
    Unconfirmed(Arc<Session>),
}

impl Resolution {
    /// The session that meets [`Requirement::signed_in`](crate::policy::Requirement::signed_in): the decision table lets a
    /// request with it continue, whatever else the request is.
    pub(crate) fn active(&self) -> Option<&Arc<Session>> {
        match self {
            Self::Active(session) | Self::Unconfirmed(session) => Some(session),
            Self::Anonymous | Self::Aal2Required(_) => None,
        }
    }
}

/// Kratos requires a second factor.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aal2Required {
    /// The URL that Kratos names for it, without a `return_to`.
    pub redirect_browser_to: Option<Url>,
}

impl fmt::Debug for Aal2Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.redirect_browser_to.as_ref().map(QuietUrl);
        f.debug_struct("Aal2Required").field("redirect_browser_to", &to).finish()
    }
}

impl Aal2Required {
    /// Requires a second factor, completed at this URL.
    #[must_use]
    pub fn new(redirect_browser_to: Option<Url>) -> Self {
        Self { redirect_browser_to }
    }
}

/// Whether the user has enrolled a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecondFactor {
    /// At least one is enrolled.
    Enrolled,
    /// None is enrolled.
    NotEnrolled,
    /// Unknown.
    Unknown,
}

/// A resolution, with the response that it came from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolved {
    /// The outcome.
    pub resolution: Resolution,
    /// `Set-Cookie` lines for the browser: the session cookie re-issued by Kratos after an extension. Without
    /// them the browser drops its cookie at the old time.
    pub cookies: Vec<HeaderValue>,
    /// The time for which Kratos allows caching (`Ory-Session-Cache-For`, 0.11 and later).
    pub cache_for: Option<Duration>,
    /// Whether Kratos was called for it, as opposed to a cache or a JWT.
    pub live: bool,
}

impl Resolved {
    /// A live resolution without cookies that may not be cached longer than the configured TTL.
    #[must_use]
    pub fn new(resolution: Resolution) -> Self {
        Self { resolution, cookies: Vec::new(), cache_for: None, live: true }
    }
}
