//! A session as a JWT, for the services behind this one.
//!
//! The service that a browser reaches knows the session; the services behind it need not know Kratos. It has Kratos
//! tokenize the session (`whoami?tokenize_as=TEMPLATE`, 1.1 and later) and sends them the JWT, which is valid for a few
//! minutes. They check its signature: with a `JwtResolver` (feature `jwt`) or any JWT library.
//!
//! ```
//! use kratos_core::{Kratos, client::Client, tokenize::SessionTokenizer, resolve::HttpResolver};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = "http://127.0.0.1:4433";
//! let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
//!     .with_tokenizer(SessionTokenizer::new(Client::new(kratos)?));
//! // A handler of kratos-axum or kratos-actix takes a `Jwt<T>`; all others call `RequestSession::token`.
//! # Ok(())
//! # }
//! ```

mod cache;
mod jwt;
#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc, time::Duration};

use uuid::Uuid;

use self::cache::JwtCache;
use crate::{
    client::Client,
    credential::{CacheKey, CacheKeyHasher, Credential},
    flight::{Answer, Change, Flights, Moment},
    metrics::{self, Lookup, Upstream},
    resolve::{Resolution, ResolveError, label},
};

pub use jwt::SessionJwt;

/// A template of Kratos' configuration (`session.whoami.tokenizer.templates`), for the extractor `Jwt<T>` of
/// kratos-axum and kratos-actix.
pub trait JwtTemplate: 'static {
    /// The template's name in Kratos' configuration.
    const NAME: &'static str;
}

/// Tokenizes sessions, and caches the JWTs until shortly before they expire. Clones share the cache.
#[derive(Clone)]
pub struct SessionTokenizer {
    client: Client,
    margin: Duration,
    hasher: CacheKeyHasher,
    cache: Arc<JwtCache>,
    flights: Arc<Flights<Arc<str>, Landed>>,
}

/// What tokenizing a session brought.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Tokenized {
    /// A JWT.
    Jwt(SessionJwt),
    /// No JWT: there is no session ([`Resolution::Anonymous`]), or it has to step up first. A request with a JWT alone
    /// has no session here, since Kratos does not tokenize a JWT (kratos#4129).
    Refused(Resolution),
}

/// What a call brought, for every request that joined it.
#[derive(Clone)]
struct Landed {
    outcome: Result<Tokenized, ResolveError>,
    /// When the call began.
    since: Moment,
}

const MARGIN: Duration = Duration::from_secs(30);

impl SessionTokenizer {
    /// Tokenizes sessions by this client. Caches at most 16 MiB of JWTs.
    #[must_use]
    pub fn new(client: Client) -> Self {
        let (hasher, flights) = (CacheKeyHasher::random(), Arc::default());
        Self { client, margin: MARGIN, hasher, cache: Arc::default(), flights }
    }

    /// Sets how long a cached JWT must remain valid to be returned. Default 30 s. A JWT that is valid for less is
    /// made anew for each request.
    #[must_use]
    pub fn with_margin(self, margin: Duration) -> Self {
        Self { margin, ..self }
    }

    /// Returns the session of this credential as a JWT by this template (`session.whoami.tokenizer.templates`).
    /// Concurrent requests for the same JWT cost one call. Of a JWT credential, tokenizes the session beside it.
    ///
    /// Returns a cached JWT even if its session was revoked since, as the JWT is valid in any case. Resolve the session
    /// first: [`KratosRequest::jwt`](crate::KratosRequest::jwt) does.
    ///
    /// # Errors
    /// When Kratos limits the rate, is unreachable or times out, has no such template, or is older than 1.1.
    pub async fn jwt(&self, credential: &Credential, template: &str) -> Result<Tokenized, ResolveError> {
        let Some(credential) = credential.session() else {
            return Ok(Tokenized::Refused(Resolution::Anonymous));
        };
        let (key, template) = (credential.cache_key(&self.hasher), Arc::from(template));
        if let Some(jwt) = self.cached(key, &template) {
            metrics::lookup(metrics::Cache::Tokenize, Lookup::Hit);
            return Ok(Tokenized::Jwt(jwt));
        }
        loop {
            let call = self.call_shared(key, credential, &template);
            let joined = self.flights.join(key, Arc::clone(&template), call).await;
            let Landed { outcome, since } = joined.answer;
            if !joined.made
                && let Ok(Tokenized::Jwt(jwt)) = &outcome
                && self.flights.is_outdated(&[jwt.session_id().as_u128()], since, joined.since)
            {
                continue;
            }
            metrics::lookup(
                metrics::Cache::Tokenize,
                if joined.made { Lookup::Miss } else { Lookup::Joined },
            );
            return outcome;
        }
    }

    /// Drops the cached JWTs of this credential's session, under every credential and template: call it after a logout.
    /// If no JWT of this credential is cached, its session is not known here; then call
    /// [`SessionTokenizer::forget_session`] as well.
    pub fn forget(&self, credential: &Credential) {
        let Some(credential) = credential.session() else { return };
        let key = credential.cache_key(&self.hasher);
        self.flights.forget_key(&key);
        for jwt in self.cache.remove_credential(key) {
            self.forget_session(jwt.session_id());
        }
    }

    /// Drops the cached JWTs of a session, under every credential and template: call it after revoking the session.
    pub fn forget_session(&self, session: Uuid) {
        self.flights.forget_id(session.as_u128());
        self.cache.remove_session(session);
    }

    fn cached(&self, key: CacheKey, template: &str) -> Option<SessionJwt> {
        let jwt = self.cache.get(key, template)?;
        jwt.lasts(self.margin, crate::clock::now()).then_some(jwt)
    }

    /// Makes the call that other requests join.
    async fn call_shared(&self, key: CacheKey, credential: &Credential, template: &str) -> Landed {
        let since = self.flights.begin(key).since();
        // Another call may have ended since this request looked.
        let outcome = match self.cached(key, template) {
            Some(jwt) => Ok(Tokenized::Jwt(jwt)),
            None => self.call(key, credential, template).await,
        };
        Landed { outcome, since }
    }

    /// Calls Kratos, and caches the JWT unless it is outdated. Nothing is awaited after the answer: a caller that hangs
    /// up cannot part the two.
    async fn call(
        &self,
        key: CacheKey,
        credential: &Credential,
        template: &str,
    ) -> Result<Tokenized, ResolveError> {
        let flight = self.flights.begin(key);
        let call = Upstream::start("tokenize");
        let outcome = self.tokenize(credential, template).await;
        call.end(label::of_call(&outcome));
        let outcome = outcome?;
        match &outcome {
            Tokenized::Jwt(jwt) if jwt.lasts(self.margin, crate::clock::now()) => {
                flight.settle(Answer::Session, &[jwt.session_id().as_u128()], |change| {
                    if change == Change::Put {
                        self.cache.put(key, template, jwt.clone());
                    }
                });
            }
            // Too short to be cached. It takes nothing back.
            Tokenized::Jwt(_) => {}
            Tokenized::Refused(_) => {
                flight.settle(Answer::Nothing, &[], |_| drop(self.cache.remove_credential(key)));
            }
        }
        Ok(outcome)
    }

    async fn tokenize(&self, credential: &Credential, template: &str) -> Result<Tokenized, ResolveError> {
        let session = match self.client.to_session_tokenized(credential, template).await {
            // Kratos re-issues an extended cookie until the browser has it: the next whoami brings it.
            Ok(answer) => answer.drop_cookies(),
            Err(error) => {
                return match error.resolution() {
                    Some(refused) => Ok(Tokenized::Refused(refused)),
                    None => Err(error.failure(|| {
                        format!("Kratos makes no JWT by this template (session.whoami.tokenizer.templates): {error}")
                    })),
                };
            }
        };
        let Some(jwt) = session.tokenized.clone() else {
            let fix = "this Kratos does not tokenize sessions: use 1.1 or later";
            return Err(ResolveError::misconfigured(fix));
        };
        Ok(Tokenized::Jwt(SessionJwt::new(jwt, &session)))
    }
}

impl fmt::Debug for SessionTokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionTokenizer")
            .field("client", &self.client)
            .field("margin", &self.margin)
            .finish_non_exhaustive()
    }
}
