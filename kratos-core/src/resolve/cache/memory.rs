//! The store in memory.

use std::fmt;

use uuid::Uuid;

use super::{CachedSession, SessionStore, weight};
use crate::{
    credential::CacheKey,
    lru::{Group, ShardedLru, Value},
    model::Timestamp,
};

/// Caches sessions in this process' memory, bounded by size and by number. Clones share the memory.
///
/// When it is full, it evicts the entries that were not used for the longest time, so that a user who has just signed in
/// stays cached. It is divided into up to 64 parts with a lock each; every part has an equal share of both limits.
#[derive(Clone)]
pub struct MemoryStore(std::sync::Arc<ShardedLru<CachedSession>>);

/// 64 MiB: some 50,000 sessions.
const CAPACITY: u64 = 64 * 1024 * 1024;
const MOST: u64 = 100_000;

impl MemoryStore {
    /// Limits the store to 64 MiB and 100,000 sessions.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(CAPACITY, MOST)
    }

    /// Limits the store to this many bytes. See [`MemoryStore::with_limits`].
    #[must_use]
    pub fn with_capacity(bytes: u64) -> Self {
        Self::with_limits(bytes, u64::MAX)
    }

    /// Limits the store to this many bytes and this many sessions. Zero sessions count as one.
    ///
    /// The bytes are computed from each session's contents and include the store's own tables. A session of Kratos
    /// 26.2.0 with one address and one device takes some 1.3 KB.
    #[must_use]
    pub fn with_limits(bytes: u64, sessions: u64) -> Self {
        Self(std::sync::Arc::new(ShardedLru::new(bytes, sessions)))
    }

    /// Returns the number of entries and their computed bytes.
    #[must_use]
    pub fn size(&self) -> (u64, u64) {
        self.0.size()
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl SessionStore for MemoryStore {
    fn get(&self, key: &CacheKey) -> Option<CachedSession> {
        self.0.get(key)
    }

    fn put(&self, key: CacheKey, entry: CachedSession) {
        self.0.put(key, entry);
    }

    fn remove(&self, key: &CacheKey) -> Option<CachedSession> {
        self.0.remove(key)
    }

    fn remove_session(&self, session: Uuid) {
        self.0.remove_group(Group::First, session.as_u128());
    }

    fn remove_identity(&self, identity: Uuid) {
        self.0.remove_group(Group::Second, identity.as_u128());
    }

    fn clear(&self) {
        self.0.clear();
    }
}

impl Value for CachedSession {
    /// The session and its identity.
    fn groups(&self) -> [Option<u128>; 2] {
        let session = self.session.as_deref();
        let identity = session.and_then(|session| session.identity());
        [session.map(|session| session.id.as_u128()), identity.map(|identity| identity.id.as_u128())]
    }

    fn heap_bytes(&self) -> usize {
        self.session.as_deref().map_or(0, weight::session)
    }

    fn keep_until(&self) -> Timestamp {
        self.keep_until
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entries, bytes) = self.size();
        f.debug_struct("MemoryStore").field("entries", &entries).field("bytes", &bytes).finish()
    }
}
