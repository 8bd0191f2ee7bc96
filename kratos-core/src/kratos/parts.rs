//! What a configuration amounts to: one resolver, one client, one connection pool.

use std::sync::Arc;

use super::config::Config;
use crate::{
    client::Client,
    resolve::{CachingResolver, HttpResolver, SessionResolver},
    tokenize::SessionTokenizer,
};

pub(super) struct Parts {
    pub(super) resolver: Arc<dyn SessionResolver>,
    pub(super) cache: Option<CachingResolver>,
    pub(super) client: Option<Client>,
    pub(super) tokenizer: Option<SessionTokenizer>,
}

impl Parts {
    /// Wraps in one order, whatever the order of the setters: JWT, cache, breaker, whoami.
    pub(super) fn of(config: &Config) -> Self {
        let whoami = config.upstream.as_ref().map(|(base, transport)| {
            let resolver = HttpResolver::from_parts(base.clone(), transport.clone(), config.breaker.clone());
            match config.timeout {
                Some(timeout) => resolver.with_timeout(timeout),
                None => resolver,
            }
        });
        let source: Arc<dyn SessionResolver> = match (&config.resolver, whoami) {
            (Some(resolver), _) => Arc::clone(resolver),
            (None, Some(whoami)) => Arc::new(whoami),
            (None, None) => Arc::new(crate::resolve::StaticResolver::anonymous()),
        };
        let cache = config.cache.ttl.map(|ttl| {
            let cache = CachingResolver::new(Arc::clone(&source), ttl)
                .with_hasher(config.secret.cache_keys())
                .with_negative_ttl(config.cache.negative_ttl)
                .with_stale_if_error(config.cache.stale_if_error);
            match &config.cache.store {
                Some(store) => cache.with_store(Arc::clone(store)),
                None => cache,
            }
        });
        let resolver = cache.clone().map_or(source, |cache| Arc::new(cache) as Arc<dyn SessionResolver>);
        let client = config.client.clone().or_else(|| {
            let (base, transport) = config.upstream.clone()?;
            Some(Client::from_parts(base, transport))
        });
        let tokenizer = config.tokenizer.clone().or_else(|| client.clone().map(SessionTokenizer::new));
        Self { resolver, cache, client, tokenizer }
    }
}
