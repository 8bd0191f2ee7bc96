//! Where remembered sessions lie.

use std::sync::Arc;

use uuid::Uuid;

use crate::{credential::CacheKey, model::Session, model::Timestamp};

/// What is remembered of a credential.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CachedSession {
    /// Its session; `None` when it opens none.
    pub session: Option<Arc<Session>>,
    /// Until when this may be used.
    pub fresh_until: Timestamp,
    /// Until when it may be used while Kratos cannot be asked. Not before `fresh_until`; a store may drop the
    /// entry afterwards.
    pub keep_until: Timestamp,
}

impl CachedSession {
    /// An entry that may be used until `fresh_until`, and not a moment longer.
    #[must_use]
    pub fn new(session: Option<Arc<Session>>, fresh_until: Timestamp) -> Self {
        Self { session, fresh_until, keep_until: fresh_until }
    }

    /// The same entry, kept until `keep_until` for the time that Kratos cannot be asked.
    #[must_use]
    pub fn with_keep_until(mut self, keep_until: Timestamp) -> Self {
        self.keep_until = keep_until.max(self.fresh_until);
        self
    }
}

/// A store of remembered sessions: [`MemoryStore`](super::MemoryStore), or one of yours.
///
/// It is asked on every request, so it must answer at once; put a store that waits for a network behind one in
/// memory. It must be bounded. A lost entry costs a call; an entry that should have been dropped is a session
/// that lives too long.
pub trait SessionStore: Send + Sync {
    /// The entry of a key. It may be past its time; the caller looks.
    fn get(&self, key: &CacheKey) -> Option<CachedSession>;
    /// Puts an entry in place of an earlier one.
    fn put(&self, key: CacheKey, entry: CachedSession);
    /// Drops the entry of a key.
    fn remove(&self, key: &CacheKey);
    /// Drops every entry of a session.
    fn remove_session(&self, session: Uuid);
    /// Drops every entry of an identity.
    fn remove_identity(&self, identity: Uuid);
    /// Drops everything.
    fn clear(&self);
}

impl<S: SessionStore + ?Sized> SessionStore for Arc<S> {
    fn get(&self, key: &CacheKey) -> Option<CachedSession> {
        (**self).get(key)
    }

    fn put(&self, key: CacheKey, entry: CachedSession) {
        (**self).put(key, entry);
    }

    fn remove(&self, key: &CacheKey) {
        (**self).remove(key);
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
