//! What a gateway in front of Kratos asks of a [`Kratos`].

use std::sync::Arc;

use uuid::Uuid;

use super::Kratos;
use crate::{
    credential::Credential,
    model::Session,
    resolve::{CircuitBreaker, Freshness, ResolveError, SessionResolver as _},
    transport::BaseUrl,
};

impl Kratos {
    /// The session that the cache has of a credential, however old.
    pub(crate) fn cached_session(&self, credential: &Credential) -> Option<Arc<Session>> {
        self.0.parts.cache.as_ref()?.known(credential.session()?)
    }

    /// The session of a credential whose session the cache does not have, and does not have now. `None` without a cache, and
    /// where Kratos names no session.
    pub(crate) async fn uncached_session(
        &self,
        credential: &Credential,
    ) -> Result<Option<Arc<Session>>, ResolveError> {
        let (Some(cache), Some(credential)) = (&self.0.parts.cache, credential.session()) else {
            return Ok(None);
        };
        if cache.known(credential).is_some() {
            return Ok(None);
        }
        let resolved = cache.resolve(credential, Freshness::Cached).await?;
        Ok(resolved.resolution.active().cloned())
    }

    /// Drops what is cached of a credential and its session, without waiting.
    pub(crate) fn forget_cached(&self, credential: &Credential) {
        let Some(session) = credential.session() else { return };
        if let Some(tokenizer) = self.tokenizer() {
            tokenizer.forget(session);
        }
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_credential(session);
        }
    }

    /// Drops the JWTs that were made from a session.
    pub(crate) fn forget_tokens(&self, session: Uuid) {
        if let Some(tokenizer) = self.tokenizer() {
            tokenizer.forget_session(session);
        }
    }

    /// Drops a session that may have ended, by the word of a request whose own session is not known.
    pub(crate) fn forget_suspect(&self, session: Uuid) {
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_suspect(session);
        }
    }

    /// Kratos' public URL, as this process reaches it.
    pub(crate) fn upstream_url(&self) -> Option<&BaseUrl> {
        self.0.config.upstream.as_ref().map(|(base, _)| base)
    }

    pub(crate) fn breaker(&self) -> &CircuitBreaker {
        &self.0.config.breaker
    }

    pub(crate) fn derived<const N: usize>(&self, purpose: &[u8]) -> [u8; N] {
        self.0.config.secret.derived(purpose)
    }
}
