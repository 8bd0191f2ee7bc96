//! The store in memory.

use std::{
    hash::{BuildHasherDefault, Hasher},
    time::Duration,
};

use moka::{Expiry, policy::EvictionPolicy, sync::Cache};
use uuid::Uuid;

use super::{CachedSession, SessionStore};
use crate::{credential::CacheKey, model::Session};

/// Sessions in this process' memory, bounded by their estimated size and by their number.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    entries: Cache<CacheKey, CachedSession, BuildHasherDefault<Keyed>>,
}

/// 64 MiB: some 30,000 sessions.
const CAPACITY: u64 = 64 * 1024 * 1024;
const MOST: u64 = 100_000;

impl MemoryStore {
    /// A store of at most 64 MiB and 100,000 sessions.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(CAPACITY, MOST)
    }

    /// A store of at most this many bytes, and any number of sessions. See [`MemoryStore::with_limits`].
    #[must_use]
    pub fn with_capacity(bytes: u64) -> Self {
        Self::with_limits(bytes, u64::MAX)
    }

    /// A store of at most this many bytes, as estimated from each session's texts, and at most this many sessions.
    /// When it is full, the entries that were not used for longest leave, so that somebody who has just signed in is
    /// remembered in any case. A session of Kratos 26.2.0 with one address and one device takes some 2 KB.
    #[must_use]
    pub fn with_limits(bytes: u64, sessions: u64) -> Self {
        // The cache knows one bound. None weighs less than its share of it, so the number is bounded too.
        let least = bytes.div_ceil(sessions.max(1)).min(u64::from(u32::MAX));
        let least = u32::try_from(least).unwrap_or(u32::MAX);
        let entries = Cache::builder()
            .max_capacity(bytes)
            .eviction_policy(EvictionPolicy::lru())
            .weigher(move |_, entry: &CachedSession| {
                entry.session.as_deref().map_or(ENTRY, weight).max(least)
            })
            .expire_after(UntilKept)
            .support_invalidation_closures()
            .build_with_hasher(BuildHasherDefault::default());
        Self { entries }
    }

    /// How many entries there are, and their estimated bytes, each at least its share of the limits.
    #[must_use]
    pub fn size(&self) -> (u64, u64) {
        self.entries.run_pending_tasks();
        (self.entries.entry_count(), self.entries.weighted_size())
    }

    fn remove_where(&self, wanted: impl Fn(&Session) -> bool + Send + Sync + 'static) {
        let wanted = move |_: &CacheKey, entry: &CachedSession| entry.session.as_deref().is_some_and(&wanted);
        if let Err(error) = self.entries.invalidate_entries_if(wanted) {
            // Not reached: closures are switched on above. Forgetting all is right in any case.
            tracing::error!(target: "kratos", %error, "dropped all remembered sessions");
            self.entries.invalidate_all();
        }
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl SessionStore for MemoryStore {
    fn get(&self, key: &CacheKey) -> Option<CachedSession> {
        self.entries.get(key)
    }

    fn put(&self, key: CacheKey, entry: CachedSession) {
        self.entries.insert(key, entry);
    }

    fn remove(&self, key: &CacheKey) {
        self.entries.invalidate(key);
    }

    fn remove_session(&self, session: Uuid) {
        self.remove_where(move |cached| cached.id == session);
    }

    fn remove_identity(&self, identity: Uuid) {
        self.remove_where(move |cached| cached.identity().is_some_and(|owner| owner.id == identity));
    }

    fn clear(&self) {
        self.entries.invalidate_all();
    }
}

/// Takes a [`CacheKey`] for the hash that it is.
#[derive(Clone, Copy, Debug, Default)]
struct Keyed(u64);

impl Hasher for Keyed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Bytes of an entry and its key in the cache's own tables.
const ENTRY: u32 = 320;

/// A session's bytes, roughly: its structures, and the texts whose length varies.
fn weight(session: &Session) -> u32 {
    let identity = session.identity().map_or(0, |identity| {
        let json = [&identity.traits, &identity.metadata_public].into_iter().flatten();
        let addresses = identity.verifiable_addresses.len() + identity.recovery_addresses.len();
        512 + json.map(|raw| raw.as_str().len()).sum::<usize>() + addresses * 224
    });
    let devices: usize =
        session.devices.iter().map(|device| 192 + device.user_agent.as_ref().map_or(0, String::len)).sum();
    let token = session.tokenized.as_ref().map_or(0, |token| token.expose_secret().len());
    let bytes = identity + devices + token + session.authentication_methods.len() * 160;
    u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(ENTRY + 256)
}

/// An entry leaves when even an outage would not make it useful.
#[derive(Debug)]
struct UntilKept;

impl Expiry<CacheKey, CachedSession> for UntilKept {
    fn expire_after_create(
        &self,
        _: &CacheKey,
        entry: &CachedSession,
        _: std::time::Instant,
    ) -> Option<Duration> {
        Some(left(entry))
    }

    fn expire_after_update(
        &self,
        _: &CacheKey,
        entry: &CachedSession,
        _: std::time::Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(left(entry))
    }
}

fn left(entry: &CachedSession) -> Duration {
    Duration::try_from(*entry.keep_until - *crate::clock::now()).unwrap_or_default()
}
