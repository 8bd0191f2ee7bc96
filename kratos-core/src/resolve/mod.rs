//! From a credential to a session, or to the reason why there is none.

mod cache;
mod error;
#[cfg(feature = "fuzzing")]
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

use crate::{credential::Credential, model::Session};

pub use crate::breaker::CircuitBreaker;
pub use cache::{CachedSession, CachingResolver, MemoryStore, SessionStore};
pub use error::{ResolveError, ResolveErrorKind};
pub use http::HttpResolver;
#[cfg(feature = "jwt")]
#[cfg_attr(docsrs, doc(cfg(feature = "jwt")))]
pub use jwt::{Jwks, JwtAlgorithm, JwtResolver};
pub use static_resolver::StaticResolver;

/// Finds the session that a credential opens.
///
/// Store it as `Arc<dyn SessionResolver>`; the layers do. An error means that nobody could tell, and is never
/// to be read as "not signed in".
#[async_trait]
pub trait SessionResolver: Send + Sync {
    /// The session of this credential.
    ///
    /// # Errors
    /// When Kratos limits the rate, cannot be asked, or is asked wrongly.
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError>;

    /// Whether the owner of an AAL1 session could show a second factor. It decides between a step-up and an
    /// enrolment page, so it is asked only when such a session meets an AAL2 requirement.
    ///
    /// The default answers [`SecondFactor::Unknown`], which leads to the step-up page.
    ///
    /// # Errors
    /// As for [`SessionResolver::resolve`].
    async fn second_factor(&self, _credential: &Credential) -> Result<SecondFactor, ResolveError> {
        Ok(SecondFactor::Unknown)
    }

    /// An answer that is at hand without waiting and good enough for [`Freshness::Cached`]. It spares the future
    /// of [`SessionResolver::resolve`], and an error is never at hand.
    ///
    /// The default has none.
    fn cached(&self, _credential: &Credential) -> Option<Resolved> {
        None
    }

    /// Drops what is remembered of this credential: after a logout, a refresh, a step-up.
    ///
    /// The default remembers nothing.
    async fn forget(&self, _credential: &Credential) {}
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
}

/// How current an answer has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Freshness {
    /// An answer remembered within the resolver's limits will do.
    Cached,
    /// Kratos has to be asked now: for AAL2 and privileged requirements.
    Live,
}

/// What a resolver found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Resolution {
    /// A valid session.
    Active(Arc<Session>),
    /// No valid session: no credential, an unknown, revoked or expired one.
    Anonymous,
    /// A valid session, whose owner has to show a second factor before Kratos tells more
    /// (`session.whoami.required_aal`, 0.8 and later).
    /// In a box, so that the usual answers are small.
    Aal2Required(Box<Aal2Required>),
    /// A session that a token proves, where Kratos had to be asked ([`Freshness::Live`]) and could not be: the
    /// request shows nothing that Kratos takes for this session. Good enough for [`Freshness::Cached`].
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

/// Kratos asks for a second factor.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aal2Required {
    /// Where Kratos wants the browser to go, without a `return_to`.
    pub redirect_browser_to: Option<Url>,
}

impl fmt::Debug for Aal2Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.redirect_browser_to.as_ref().map(QuietUrl);
        f.debug_struct("StepUp").field("redirect_browser_to", &to).finish()
    }
}

impl Aal2Required {
    /// A demand for a second factor, with where to show it.
    #[must_use]
    pub fn new(redirect_browser_to: Option<Url>) -> Self {
        Self { redirect_browser_to }
    }
}

/// Whether somebody could show a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecondFactor {
    /// At least one is enrolled.
    Enrolled,
    /// None is enrolled.
    NotEnrolled,
    /// Not known.
    Unknown,
}

/// A resolution and what came with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolved {
    /// What was found.
    pub resolution: Resolution,
    /// `Set-Cookie` lines for the browser: the session cookie re-issued by Kratos after an extension. Without
    /// them the browser drops its cookie at the old time.
    pub cookies: Vec<HeaderValue>,
    /// How long Kratos allows the answer to be remembered (`Ory-Session-Cache-For`, 0.11 and later).
    pub cache_for: Option<Duration>,
    /// Whether Kratos was asked for this very answer, rather than a cache or a token.
    pub live: bool,
}

impl Resolved {
    /// A live resolution with no cookies and no leave to remember it.
    #[must_use]
    pub fn new(resolution: Resolution) -> Self {
        Self { resolution, cookies: Vec::new(), cache_for: None, live: true }
    }
}
