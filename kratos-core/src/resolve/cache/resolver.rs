//! The resolver that caches.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    CachedSession, MemoryStore, SessionStore,
    lifetime::{self, Limits},
    revocation::Revocation,
};
use crate::{
    credential::{CacheKey, CacheKeyHasher, Credential},
    flight::{Answer, Change, Flights, Moment},
    metrics::{self, Cache, Lookup},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor, SessionResolver},
};

/// Caches the sessions that another resolver finds.
///
/// A revoked or changed session stays valid until its cache entry expires (the TTL given to [`CachingResolver::new`]) or
/// one of the `forget` methods drops it. Answers for AAL2 and privileged requirements, errors and step-ups never come
/// from the cache.
///
/// Concurrent requests with one uncached credential cost one call. Clones share the cache: give one to the code that
/// revokes sessions.
#[derive(Clone)]
pub struct CachingResolver(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) inner: Arc<dyn SessionResolver>,
    pub(super) store: Arc<dyn SessionStore>,
    hasher: CacheKeyHasher,
    pub(super) limits: Limits,
    pub(super) flights: Flights<(), Landed>,
    #[cfg(feature = "fleet")]
    pub(super) fleet: Option<crate::fleet::Member>,
}

/// What a call brought, for every request that joined it.
#[derive(Clone)]
pub(super) struct Landed {
    outcome: Result<Resolved, ResolveError>,
    /// When the call began.
    since: Moment,
}

impl CachingResolver {
    /// Caches sessions for at most `ttl`, and never longer than Kratos allows (`Ory-Session-Cache-For`) or the session
    /// lasts. A revoked session stays valid for that long: seconds to a minute are usual.
    #[must_use]
    pub fn new(resolver: impl SessionResolver + 'static, ttl: Duration) -> Self {
        Self(Arc::new(Inner {
            inner: Arc::new(resolver),
            store: Arc::new(MemoryStore::new()),
            hasher: CacheKeyHasher::random(),
            limits: Limits { ttl, negative_ttl: Duration::ZERO, stale: Duration::ZERO },
            flights: Flights::default(),
            #[cfg(feature = "fleet")]
            fleet: None,
        }))
    }

    /// Sets the store. Default: [`MemoryStore::new`], at most 64 MiB.
    #[must_use]
    pub fn with_store(self, store: impl SessionStore + 'static) -> Self {
        self.rebuilt(|inner| inner.store = Arc::new(store))
    }

    /// Sets the hasher of keys. Default: [`CacheKeyHasher::random`]. Needed only for a store that processes share; give
    /// each tenant in it a namespace.
    #[must_use]
    pub fn with_hasher(self, hasher: CacheKeyHasher) -> Self {
        self.rebuilt(|inner| inner.hasher = hasher)
    }

    /// Also caches, for `ttl`, that a credential has no session. Default: zero, which does not. Kratos answers the same
    /// when it cannot read its own database, so keep it to a few seconds: it shields Kratos from a caller that repeats
    /// a request.
    #[must_use]
    pub fn with_negative_ttl(self, ttl: Duration) -> Self {
        self.rebuilt(|inner| inner.limits.negative_ttl = ttl)
    }

    /// Uses a cached session for this much longer than its TTL while Kratos fails: unreachable, timing out, answering
    /// with an error or limiting the rate. Default: zero, which does not.
    ///
    /// A session revoked in that time stays valid for as long. It never applies to AAL2 and privileged requirements,
    /// past the session's end, or to requests that this process itself turned away ([`ResolveError::is_crowded`]):
    /// a flood of requests must not make revoked sessions valid.
    #[must_use]
    pub fn with_stale_if_error(self, duration: Duration) -> Self {
        self.rebuilt(|inner| inner.limits.stale = duration)
    }

    pub(super) fn rebuilt(self, change: impl FnOnce(&mut Inner)) -> Self {
        let shared = &self.0;
        let mut inner = Inner {
            inner: Arc::clone(&shared.inner),
            store: Arc::clone(&shared.store),
            hasher: shared.hasher.clone(),
            limits: shared.limits,
            flights: Flights::default(),
            #[cfg(feature = "fleet")]
            fleet: shared.fleet.clone(),
        };
        change(&mut inner);
        #[cfg(feature = "fleet")]
        inner.renew_fleet();
        Self(Arc::new(inner))
    }

    /// Drops a session, under every credential: call it after revoking the session.
    pub fn forget_session(&self, session: Uuid) {
        self.revoke(Revocation::Session(session));
    }

    /// The session of a credential's entry, however old.
    #[cfg(feature = "gateway")]
    pub(crate) fn known(&self, credential: &Credential) -> Option<Arc<crate::model::Session>> {
        self.0.store.get(&self.0.key(credential))?.session
    }

    /// Drops the entry of a credential whose session Kratos has ended, and the other entries of that session.
    pub(crate) fn forget_ended(&self, credential: &Credential) {
        self.revoke(Revocation::Key(self.0.key(credential)));
    }

    /// Drops the entry of a credential, and the other entries of its session. Whether there is one need not be known: in a
    /// fleet, a made-up credential costs the other processes nothing.
    pub(crate) fn forget_credential(&self, credential: &Credential) {
        let key = self.0.key(credential);
        #[cfg(feature = "fleet")]
        {
            self.start_fleet();
            self.suspect(key);
        }
        #[cfg(not(feature = "fleet"))]
        self.revoke(Revocation::Key(key));
    }

    /// Drops a session that may have ended, by the word of a request whose own session is not known.
    #[cfg(feature = "gateway")]
    pub(crate) fn forget_suspect(&self, session: Uuid) {
        #[cfg(feature = "fleet")]
        {
            self.start_fleet();
            self.suspect_session(session);
        }
        #[cfg(not(feature = "fleet"))]
        self.forget_session(session);
    }

    /// Drops all sessions of an identity: call it after changing, deactivating or deleting the identity.
    pub fn forget_identity(&self, identity: Uuid) {
        self.revoke(Revocation::Identity(identity));
    }

    /// Drops every session.
    pub fn forget_all(&self) {
        self.revoke(Revocation::All);
    }

    pub(crate) fn revoke(&self, revocation: Revocation) {
        // A process that serves no session itself, as one that receives hooks, tells the others all the same.
        #[cfg(feature = "fleet")]
        self.start_fleet();
        self.0.revoke(revocation);
    }
}

impl Inner {
    fn key(&self, credential: &Credential) -> CacheKey {
        credential.cache_key(&self.hasher)
    }

    fn fresh(&self, key: &CacheKey) -> Option<Resolved> {
        #[cfg(feature = "fleet")]
        if let Some(fleet) = &self.fleet {
            return self.fresh_in_fleet(fleet, key);
        }
        let entry = self.store.get(key)?;
        (!crate::clock::is_over(entry.fresh_until)).then(|| from_cache(entry))
    }

    fn hit(&self, key: &CacheKey) -> Option<Resolved> {
        let resolved = self.fresh(key)?;
        metrics::lookup(Cache::Sessions, Lookup::Hit);
        Some(resolved)
    }

    /// Stores an entry.
    fn put(&self, key: CacheKey, entry: CachedSession) {
        #[cfg(feature = "fleet")]
        if self.fleet.is_some() {
            return self.put_ticking(key, entry);
        }
        self.store.put(key, entry);
    }

    /// Drops what is revoked from memory, and bars the calls under way from storing it.
    pub(super) fn drop_from_memory(&self, revocation: Revocation) {
        match revocation {
            Revocation::Key(key) => drop(self.forget_key(&key)),
            Revocation::Session(session) => self.forget_session(session),
            Revocation::Identity(identity) => self.forget_identity(identity),
            Revocation::All => self.forget_all(),
        }
    }

    #[cfg(not(feature = "fleet"))]
    fn revoke(&self, revocation: Revocation) {
        self.drop_from_memory(revocation);
    }

    /// Drops the entry of a key, and the other entries of its session, which it returns.
    pub(super) fn forget_key(&self, key: &CacheKey) -> Option<Uuid> {
        self.flights.forget_key(key);
        let session = self.store.remove(key)?.session?.id;
        self.forget_session(session);
        Some(session)
    }

    pub(super) fn forget_identity(&self, identity: Uuid) {
        self.flights.forget_id(identity.as_u128());
        self.store.remove_identity(identity);
    }

    pub(super) fn forget_all(&self) {
        self.flights.forget_all();
        self.store.clear();
    }

    pub(super) fn forget_session(&self, session: Uuid) {
        self.flights.forget_id(session.as_u128());
        self.store.remove_session(session);
    }

    /// Calls upstream, and stores the answer unless it is outdated. Nothing is awaited after the answer: a caller that
    /// hangs up cannot part the two.
    async fn call(
        &self,
        key: CacheKey,
        credential: &Credential,
        freshness: Freshness,
    ) -> Result<Resolved, ResolveError> {
        #[cfg(feature = "fleet")]
        let place = match &self.fleet {
            Some(fleet) => match self.find(fleet, key, freshness).await {
                Ok(resolved) => return Ok(resolved),
                Err(place) => Some(place),
            },
            None => None,
        };
        let call = self.flights.begin(key);
        let resolved = self.inner.resolve(credential, freshness).await?;
        let entry = lifetime::entry(&resolved, self.limits, crate::clock::now());
        let answer = match &entry {
            Some(entry) if entry.session.is_some() => Answer::Session,
            Some(_) => Answer::Anonymous,
            None => Answer::Nothing,
        };
        #[cfg(feature = "fleet")]
        let shared = entry.clone();
        let mut settled = Change::None;
        let mut removed = None;
        call.settle(answer, &ids(&resolved), |change| {
            settled = change;
            match (change, entry) {
                (Change::Put, Some(entry)) => self.put(key, entry),
                (Change::Put | Change::Remove, _) => removed = self.store.remove(&key),
                (Change::None, _) => {}
            }
        });
        #[cfg(feature = "fleet")]
        if let Some(place) = place {
            Self::share(place, shared, answer, settled, removed.is_some_and(|entry| entry.session.is_some()));
        }
        Ok(resolved)
    }

    /// Makes the call that other requests join.
    async fn call_shared(&self, key: CacheKey, credential: &Credential) -> Landed {
        let since = self.flights.begin(key).since();
        // Another call may have ended since this request looked.
        let outcome = match self.fresh(&key) {
            Some(resolved) => Ok(resolved),
            None => self.call(key, credential, Freshness::Cached).await,
        };
        Landed { outcome, since }
    }

    fn stale(&self, key: &CacheKey, error: ResolveError) -> Result<Resolved, ResolveError> {
        if error.is_misconfigured() || error.is_crowded() || self.limits.stale.is_zero() {
            return Err(error);
        }
        #[cfg(feature = "fleet")]
        if self.fleet.as_ref().is_some_and(|fleet| !fleet.may_use_memory()) {
            return Err(error);
        }
        match self.store.get(key) {
            Some(entry) if entry.session.is_some() && entry.keep_until > crate::clock::now() => {
                metrics::lookup(Cache::Sessions, Lookup::Stale);
                tracing::warn!(target: "kratos", kind = ?error.kind(), "Kratos failed: used a cached session past its TTL");
                Ok(from_cache(entry))
            }
            _ => Err(error),
        }
    }
}

pub(super) fn from_cache(entry: CachedSession) -> Resolved {
    let resolution = entry.session.map_or(Resolution::Anonymous, Resolution::Active);
    Resolved { live: false, ..Resolved::new(resolution) }
}

/// The ids by which an answer can be forgotten.
pub(super) fn ids(resolved: &Resolved) -> Vec<u128> {
    let (Resolution::Active(session) | Resolution::Unconfirmed(session)) = &resolved.resolution else {
        return Vec::new();
    };
    let identity = session.identity().map(|identity| identity.id.as_u128());
    [session.id.as_u128()].into_iter().chain(identity).collect()
}

#[async_trait]
impl SessionResolver for CachingResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let Inner { flights, .. } = &*self.0;
        let key = self.0.key(credential);
        if freshness == Freshness::Live {
            // A call that began earlier is not live.
            return self.0.call(key, credential, freshness).await;
        }
        if let Some(resolved) = self.0.hit(&key) {
            return Ok(resolved);
        }
        #[cfg(feature = "fleet")]
        self.start_fleet();
        loop {
            let joined = flights.join(key, (), self.0.call_shared(key, credential)).await;
            let Landed { outcome, since } = joined.answer;
            let is_outdated = |resolved: &Resolved| flights.is_outdated(&ids(resolved), since, joined.since);
            if !joined.made && outcome.as_ref().is_ok_and(is_outdated) {
                continue;
            }
            metrics::lookup(Cache::Sessions, if joined.made { Lookup::Miss } else { Lookup::Joined });
            return match outcome {
                Ok(resolved) if joined.made => Ok(resolved),
                // The re-issued cookie is relayed once, to the browser of the request that made the call.
                Ok(resolved) => Ok(Resolved { cookies: Vec::new(), live: false, ..resolved }),
                Err(error) => self.0.stale(&key, error),
            };
        }
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.inner.second_factor(credential).await
    }

    fn cached(&self, credential: &Credential) -> Option<Resolved> {
        self.0.hit(&self.0.key(credential))
    }

    /// Drops the credential's entry, and the other entries of its session.
    async fn forget(&self, credential: &Credential) {
        self.forget_credential(credential);
        self.0.inner.forget(credential).await;
    }

    // What is wrapped first: it could fill this cache again.
    fn forget_session(&self, session: Uuid) {
        self.0.inner.forget_session(session);
        self.forget_session(session);
    }

    fn forget_identity(&self, identity: Uuid) {
        self.0.inner.forget_identity(identity);
        self.forget_identity(identity);
    }

    fn forget_all(&self) {
        self.0.inner.forget_all();
        self.forget_all();
    }
}

impl fmt::Debug for CachingResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachingResolver").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}
