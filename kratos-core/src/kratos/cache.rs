//! The cache of sessions: its settings, and what drops its entries.

use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use super::Kratos;
use crate::{credential::Credential, resolve::SessionStore};

impl Kratos {
    /// Caches sessions for at most `ttl`, and never longer than Kratos allows (`Ory-Session-Cache-For`) or the session
    /// lasts. A session revoked elsewhere stays valid until its cache entry expires; seconds to a minute are usual.
    /// Routes that require AAL2 or recent authentication never use the cache. Default: off.
    #[must_use]
    pub fn with_cache(self, ttl: Duration) -> Self {
        self.with(|config| config.cache.ttl = Some(ttl))
    }

    /// Keeps cached sessions in this store. Default: 64 MiB of this process' memory. Without effect unless
    /// [`with_cache`](Self::with_cache) is set.
    #[must_use]
    pub fn with_cache_store(self, store: impl SessionStore + 'static) -> Self {
        self.with(|config| config.cache.store = Some(Arc::new(store)))
    }

    /// Also caches for `ttl` that a credential opens no session. Default: off. Kratos says the same when it cannot read
    /// its own database, so keep it to a few seconds: it shields Kratos from a caller that repeats itself.
    #[must_use]
    pub fn with_negative_ttl(self, ttl: Duration) -> Self {
        self.with(|config| config.cache.negative_ttl = ttl)
    }

    /// Uses a cached session for `ttl` past its entry while Kratos is unreachable, times out or fails. Default: off. A
    /// session revoked meanwhile stays valid for as long. Never for AAL2 and recent authentication, nor past the
    /// session's end.
    #[must_use]
    pub fn with_stale_if_error(self, ttl: Duration) -> Self {
        self.with(|config| config.cache.stale_if_error = ttl)
    }

    /// Drops the cached entries of a session: after it was revoked.
    pub fn forget_session(&self, session: Uuid) {
        if let Some(tokenizer) = self.tokenizer() {
            tokenizer.forget_session(session);
        }
        self.resolver().forget_session(session);
    }

    /// Drops the cached sessions of an identity: after it was changed, deactivated or deleted.
    pub fn forget_identity(&self, identity: Uuid) {
        self.resolver().forget_identity(identity);
    }

    /// Drops all cached sessions.
    pub fn forget_all(&self) {
        self.resolver().forget_all();
    }

    /// Drops what is cached of a credential and its session.
    pub(crate) async fn forget_credential(&self, credential: &Credential) {
        // First what needs no await, which a caller that hangs up would skip.
        if let (Some(tokenizer), Some(session)) = (self.tokenizer(), credential.session()) {
            tokenizer.forget(session);
        }
        self.resolver().forget(credential).await;
    }

    /// Drops what is cached of a credential whose session Kratos has ended. In a fleet every process does, whatever is known
    /// of the credential.
    pub(crate) fn forget_ended(&self, credential: &Credential) {
        let Some(session) = credential.session() else { return };
        if let Some(tokenizer) = self.tokenizer() {
            tokenizer.forget(session);
        }
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_ended(session);
        }
    }

    /// Whether sessions may be cached. Of the crates of this workspace alone.
    #[doc(hidden)]
    #[must_use]
    pub fn __caches(&self) -> bool {
        self.may_cache()
    }

    /// Whether the resolver may cache sessions.
    pub(crate) fn may_cache(&self) -> bool {
        self.0.parts.cache.is_some() || self.0.config.resolver.is_some()
    }
}
