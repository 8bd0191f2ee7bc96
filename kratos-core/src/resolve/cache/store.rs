//! Where cached sessions are kept.

use std::sync::Arc;

use uuid::Uuid;

use crate::{credential::CacheKey, model::Session, model::Timestamp};

/// A cache entry: what is known of a credential.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CachedSession {
    /// The session; `None` when the credential has none.
    pub session: Option<Arc<Session>>,
    /// When the TTL ends.
    pub fresh_until: Timestamp,
    /// When the entry stops being usable while Kratos is unreachable. Not before `fresh_until`; a store may drop the
    /// entry afterwards.
    pub keep_until: Timestamp,
    /// When the TTL ends by this process' monotonic clock, in ticks; zero where it is not known.
    #[cfg(feature = "fleet")]
    pub(super) usable_until: u64,
}

impl CachedSession {
    /// An entry that may be used until `fresh_until`, and not afterwards.
    #[must_use]
    pub fn new(session: Option<Arc<Session>>, fresh_until: Timestamp) -> Self {
        Self {
            session,
            fresh_until,
            keep_until: fresh_until,
            #[cfg(feature = "fleet")]
            usable_until: 0,
        }
    }

    /// Keeps the entry until `keep_until`, for use while Kratos is unreachable.
    #[must_use]
    pub fn with_keep_until(mut self, keep_until: Timestamp) -> Self {
        self.keep_until = keep_until.max(self.fresh_until);
        self
    }
}

/// A store of cached sessions: [`MemoryStore`](super::MemoryStore), or a custom one.
///
/// It is called on every request and must answer at once: put a store that waits for a network behind one in memory. It
/// must be bounded, and must not call the [`CachingResolver`](super::CachingResolver) that uses it. A lost entry costs
/// one upstream call; an entry that should have been dropped keeps a revoked session valid.
pub trait SessionStore: Send + Sync {
    /// Returns the entry of a key. It may be past its time; the caller checks.
    fn get(&self, key: &CacheKey) -> Option<CachedSession>;
    /// Stores an entry, replacing an earlier one.
    fn put(&self, key: CacheKey, entry: CachedSession);
    /// Drops the entry of a key, and returns it.
    fn remove(&self, key: &CacheKey) -> Option<CachedSession>;
    /// Drops every entry of a session, under whichever key.
    fn remove_session(&self, session: Uuid);
    /// Drops every entry of an identity.
    fn remove_identity(&self, identity: Uuid);
    /// Drops every entry.
    fn clear(&self);
}

impl<S: SessionStore + ?Sized> SessionStore for Arc<S> {
    fn get(&self, key: &CacheKey) -> Option<CachedSession> {
        (**self).get(key)
    }

    fn put(&self, key: CacheKey, entry: CachedSession) {
        (**self).put(key, entry);
    }

    fn remove(&self, key: &CacheKey) -> Option<CachedSession> {
        (**self).remove(key)
    }

    fn remove_session(&self, session: Uuid) {
        (**self).remove_session(session);
    }

    fn remove_identity(&self, identity: Uuid) {
        (**self).remove_identity(identity);
    }

    fn clear(&self) {
        (**self).clear();
    }
}
