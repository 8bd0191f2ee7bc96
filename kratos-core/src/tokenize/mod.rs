//! A session as a JWT, for the services behind this one.
//!
//! A service that a person's browser reaches knows the session; those behind it need not know Kratos. It exchanges the
//! session for a token of a few minutes (`whoami?tokenize_as=TEMPLATE`, 1.1 and later) and calls them with that. They
//! check it by its signature: with a `JwtResolver` (feature `jwt`) or anything else that knows JWTs.
//!
//! ```
//! use kratos_core::{Kratos, client::Client, tokenize::SessionTokenizer, resolve::HttpResolver};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = "http://127.0.0.1:4433";
//! let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
//!     .with_tokenizer(SessionTokenizer::new(Client::new(kratos)?));
//! // A handler of kratos-axum or kratos-actix takes a `Token<T>`; all others call `RequestSession::token`.
//! # Ok(())
//! # }
//! ```

mod jwt;
#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc, time::Duration};

use moka::sync::Cache;

use crate::{
    client::Client,
    credential::{CacheKey, CacheKeyHasher, Credential},
    flight::Flights,
    metrics::{self, Lookup, Upstream},
    resolve::{Resolution, ResolveError, label},
};

pub use jwt::SessionJwt;

/// A token template of Kratos' configuration (`session.whoami.tokenizer.templates`), for the extractor `Token<T>` of
/// kratos-axum and kratos-actix.
pub trait JwtTemplate: 'static {
    /// Its name there.
    const NAME: &'static str;
}

/// Exchanges sessions for tokens, and remembers those until shortly before they expire. Cloning it is cheap and shares
/// the memory.
#[derive(Clone)]
pub struct SessionTokenizer {
    client: Client,
    margin: Duration,
    hasher: CacheKeyHasher,
    tokens: Cache<Key, SessionJwt>,
    flights: Arc<Flights<Key, Result<Exchanged, ResolveError>>>,
}

/// A credential and a template.
type Key = (CacheKey, Arc<str>);

/// What a session was exchanged for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Exchanged {
    /// A token.
    Jwt(SessionJwt),
    /// Nothing: there is no session ([`Resolution::Anonymous`]), as behind a JWT alone, which cannot be exchanged
    /// (kratos#4129); or it has to step up first.
    Refused(Resolution),
}

/// How long a token that is handed out goes on at least.
const MARGIN: Duration = Duration::from_secs(30);
/// 16 MiB.
const CAPACITY: u64 = 16 * 1024 * 1024;
/// Bytes of an entry and its key in the cache's own tables.
const ENTRY: usize = 256;

impl SessionTokenizer {
    /// An exchange that asks this client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        let tokens = Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|_, token: &SessionJwt| u32::try_from(token.len() + ENTRY).unwrap_or(u32::MAX))
            .support_invalidation_closures()
            .build();
        let (hasher, flights) = (CacheKeyHasher::random(), Arc::default());
        Self { client, margin: MARGIN, hasher, tokens, flights }
    }

    /// How long a remembered token goes on at least when it is handed out. Default 30 s. A token that never lives so
    /// long is exchanged anew each time.
    #[must_use]
    pub fn with_margin(self, margin: Duration) -> Self {
        Self { margin, ..self }
    }

    /// The session of this credential as a JWT by this template (`session.whoami.tokenizer.templates`). Requests that
    /// come together cost one call. A JWT cannot be exchanged; the session beside it is, whosever that is.
    ///
    /// A remembered token is handed out although its session may have been revoked meanwhile; it would be valid in any
    /// case. Ask for the session first: [`RequestSession::token`](crate::RequestSession::token) does.
    ///
    /// # Errors
    /// When Kratos limits the rate, cannot be asked, has no such template, or is older than 1.1.
    pub async fn jwt(&self, credential: &Credential, template: &str) -> Result<Exchanged, ResolveError> {
        let Some(credential) = credential.session() else {
            return Ok(Exchanged::Refused(Resolution::Anonymous));
        };
        let key = (credential.cache_key(&self.hasher), Arc::from(template));
        let fresh = |token: &SessionJwt| token.lasts(self.margin, crate::clock::now());
        if let Some(token) = self.tokens.get(&key).filter(fresh) {
            metrics::lookup(metrics::Cache::Exchange, Lookup::Hit);
            return Ok(Exchanged::Jwt(token));
        }
        let (outcome, made) = self.flights.join(key.clone(), self.ask(key, credential, template)).await;
        metrics::lookup(metrics::Cache::Exchange, if made { Lookup::Miss } else { Lookup::Joined });
        outcome
    }

    /// Drops what is remembered of this credential: after a logout.
    pub fn forget(&self, credential: &Credential) {
        let forgotten = credential.cache_key(&self.hasher);
        self.flights.abandon(None);
        if self.tokens.invalidate_entries_if(move |(key, _), _| *key == forgotten).is_err() {
            // Not reached: closures are switched on above.
            self.tokens.invalidate_all();
        }
    }

    async fn ask(
        &self,
        key: Key,
        credential: &Credential,
        template: &str,
    ) -> Result<Exchanged, ResolveError> {
        let before = self.flights.abandoned();
        let call = Upstream::start("tokenize");
        let outcome = self.exchanged(credential, template).await;
        call.end(label::of_call(&outcome));
        let outcome = outcome?;
        if let Exchanged::Jwt(token) = &outcome
            && token.lasts(self.margin, crate::clock::now())
            && self.flights.abandoned() == before
        {
            self.tokens.insert(key, token.clone());
        }
        Ok(outcome)
    }

    async fn exchanged(&self, credential: &Credential, template: &str) -> Result<Exchanged, ResolveError> {
        let session = match self.client.to_session_tokenized(credential, template).await {
            // Kratos re-issues an extended cookie until the browser has it: the next question for the session brings it.
            Ok(answer) => answer.drop_cookies(),
            Err(error) => {
                return match error.resolution() {
                    Some(refused) => Ok(Exchanged::Refused(refused)),
                    None => Err(error.failure(|| {
                        format!("Kratos makes no token by this template (session.whoami.tokenizer.templates): {error}")
                    })),
                };
            }
        };
        let Some(token) = session.tokenized.clone() else {
            let fix = "this Kratos makes no tokens of sessions: 1.1 and later do";
            return Err(ResolveError::misconfigured(fix));
        };
        Ok(Exchanged::Jwt(SessionJwt::new(token, &session)))
    }
}

impl fmt::Debug for SessionTokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenExchange")
            .field("client", &self.client)
            .field("margin", &self.margin)
            .finish_non_exhaustive()
    }
}
