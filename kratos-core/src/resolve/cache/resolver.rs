//! The resolver that remembers.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    CachedSession, MemoryStore, SessionStore,
    lifetime::{self, Limits},
};
use crate::{
    credential::{CacheKey, CacheKeyHasher, Credential},
    flight::Flights,
    metrics::{self, Cache, Lookup},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor, SessionResolver},
};

/// Remembers what another resolver found.
///
/// What it costs: a session that is revoked, or whose owner changes, is seen as it was until its entry ends
/// (the age given to [`CachingResolver::new`]) or is dropped by one of the `forget` methods. What never comes
/// from memory: an answer for AAL2 and privileged requirements, an error, a step-up.
///
/// Many requests with one unknown credential cost one call. Clones share their memory: make one, and hand clones
/// to whoever revokes sessions.
#[derive(Clone)]
pub struct CachingResolver(Arc<Inner>);

struct Inner {
    inner: Arc<dyn SessionResolver>,
    store: Arc<dyn SessionStore>,
    hasher: CacheKeyHasher,
    limits: Limits,
    flights: Flights<CacheKey, Result<Resolved, ResolveError>>,
}

impl CachingResolver {
    /// Remembers sessions for at most `age`, and never longer than Kratos' own leave
    /// (`Ory-Session-Cache-For`) or the session's end. A revoked session stays open for that long: seconds to a
    /// minute are usual.
    #[must_use]
    pub fn new(resolver: impl SessionResolver + 'static, age: Duration) -> Self {
        Self(Arc::new(Inner {
            inner: Arc::new(resolver),
            store: Arc::new(MemoryStore::new()),
            hasher: CacheKeyHasher::random(),
            limits: Limits { age, anonymous: Duration::ZERO, stale: Duration::ZERO },
            flights: Flights::default(),
        }))
    }

    /// Where sessions lie, and how many. Default: [`MemoryStore::new`], 64 MiB.
    #[must_use]
    pub fn with_store(self, store: impl SessionStore + 'static) -> Self {
        self.rebuilt(|inner| inner.store = Arc::new(store))
    }

    /// The hasher of keys. Default: [`CacheKeyHasher::random`]. Needed only for a store that processes share.
    #[must_use]
    pub fn with_hasher(self, hasher: CacheKeyHasher) -> Self {
        self.rebuilt(|inner| inner.hasher = hasher)
    }

    /// Also remembers for this long that a credential opens nothing. Default: not at all. Kratos says so too when
    /// it cannot read its own database, so keep it to a few seconds: it shields Kratos from a client that asks
    /// on and on.
    #[must_use]
    pub fn with_negative_ttl(self, age: Duration) -> Self {
        self.rebuilt(|inner| inner.limits.anonymous = age)
    }

    /// Uses a session for this much longer while Kratos cannot be asked (unreachable, slow, failing, limiting
    /// the rate). Default: not at all. A session that was revoked meanwhile stays open for as long. It never
    /// holds for AAL2 and privileged requirements, nor past the session's end.
    #[must_use]
    pub fn with_stale_if_error(self, age: Duration) -> Self {
        self.rebuilt(|inner| inner.limits.stale = age)
    }

    fn rebuilt(self, change: impl FnOnce(&mut Inner)) -> Self {
        let shared = &self.0;
        let mut inner = Inner {
            inner: Arc::clone(&shared.inner),
            store: Arc::clone(&shared.store),
            hasher: shared.hasher.clone(),
            limits: shared.limits,
            flights: Flights::default(),
        };
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// Drops a session: after it was revoked.
    pub fn forget_session(&self, session: Uuid) {
        self.0.drop_entries(None, |store| store.remove_session(session));
    }

    /// Drops all sessions of an identity: after it was changed, deactivated or deleted.
    pub fn forget_identity(&self, identity: Uuid) {
        self.0.drop_entries(None, |store| store.remove_identity(identity));
    }

    /// Drops everything.
    pub fn forget_all(&self) {
        self.0.drop_entries(None, |store| store.clear());
    }
}

impl Inner {
    fn key(&self, credential: &Credential) -> CacheKey {
        credential.cache_key(&self.hasher)
    }

    fn drop_entries(&self, key: Option<&CacheKey>, remove: impl FnOnce(&dyn SessionStore)) {
        self.flights.abandon(key);
        remove(&*self.store);
    }

    fn fresh(&self, key: &CacheKey) -> Option<Resolved> {
        let entry = self.store.get(key)?;
        let fresh = (!crate::clock::is_over(entry.fresh_until)).then(|| from_memory(entry))?;
        metrics::lookup(Cache::Sessions, Lookup::Hit);
        Some(fresh)
    }

    /// Asks, and remembers the answer unless something was dropped meanwhile.
    async fn ask(
        &self,
        key: CacheKey,
        credential: &Credential,
        freshness: Freshness,
    ) -> Result<Resolved, ResolveError> {
        let before = self.flights.abandoned();
        let resolved = self.inner.resolve(credential, freshness).await?;
        match lifetime::entry(&resolved, self.limits, crate::clock::now()) {
            Some(entry) if self.flights.abandoned() == before => self.store.put(key, entry),
            // What Kratos says now outdates what is remembered.
            _ => self.store.remove(&key),
        }
        Ok(resolved)
    }

    fn stale(&self, key: &CacheKey, error: ResolveError) -> Result<Resolved, ResolveError> {
        if error.is_misconfigured() || self.limits.stale.is_zero() {
            return Err(error);
        }
        match self.store.get(key) {
            Some(entry) if entry.session.is_some() && entry.keep_until > crate::clock::now() => {
                metrics::lookup(Cache::Sessions, Lookup::Stale);
                tracing::warn!(target: "kratos", kind = ?error.kind(), "used a session past its time: Kratos cannot be asked");
                Ok(from_memory(entry))
            }
            _ => Err(error),
        }
    }
}

fn from_memory(entry: CachedSession) -> Resolved {
    let resolution = entry.session.map_or(Resolution::Anonymous, Resolution::Active);
    Resolved { live: false, ..Resolved::new(resolution) }
}

#[async_trait]
impl SessionResolver for CachingResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let key = self.0.key(credential);
        if freshness == Freshness::Live {
            // A call that began earlier would not do.
            return self.0.ask(key, credential, freshness).await;
        }
        if let Some(resolved) = self.0.fresh(&key) {
            return Ok(resolved);
        }
        let (outcome, made) = self.0.flights.join(key, self.0.ask(key, credential, freshness)).await;
        metrics::lookup(Cache::Sessions, if made { Lookup::Miss } else { Lookup::Joined });
        match outcome {
            Ok(resolved) if made => Ok(resolved),
            // The re-issued cookie goes to the browser once, with the request that asked.
            Ok(resolved) => Ok(Resolved { cookies: Vec::new(), live: false, ..resolved }),
            Err(error) => self.0.stale(&key, error),
        }
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.inner.second_factor(credential).await
    }

    fn cached(&self, credential: &Credential) -> Option<Resolved> {
        self.0.fresh(&self.0.key(credential))
    }

    async fn forget(&self, credential: &Credential) {
        let key = self.0.key(credential);
        self.0.drop_entries(Some(&key), |store| store.remove(&key));
        self.0.inner.forget(credential).await;
    }
}

impl fmt::Debug for CachingResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachingResolver").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}
