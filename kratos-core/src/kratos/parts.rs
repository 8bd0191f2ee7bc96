//! What a configuration amounts to: one resolver, one client, one connection pool.

use std::{sync::Arc, time::Duration};

use super::config::Config;
use crate::{
    client::Client,
    resolve::{CachingResolver, HttpResolver, SessionResolver},
    tokenize::SessionTokenizer,
};

/// The timeout of a call that a page causes. Starting and reading a flow takes milliseconds.
const PAGE_TIMEOUT: Duration = Duration::from_secs(5);
/// The size limit of a response that a page causes, in bytes. The largest flows have about 100 KB.
const PAGE_LIMIT: usize = 1024 * 1024;
/// The calls of pages and logouts in flight.
const PAGES_IN_FLIGHT: usize = 128;
/// The calls for JWTs in flight.
const JWTS_IN_FLIGHT: usize = 256;

#[derive(Clone)]
pub(super) struct Parts {
    /// The sessions of cookies and session tokens: cache and whoami.
    sessions: Arc<dyn SessionResolver>,
    pub(super) resolver: Arc<dyn SessionResolver>,
    pub(super) cache: Option<CachingResolver>,
    pub(super) client: Option<Client>,
    /// The client of calls that requests cause: within the limits of pages.
    pub(super) pages: Option<Client>,
    pub(super) tokenizer: Option<SessionTokenizer>,
}

impl Parts {
    /// Wraps in one order, whatever the order of the setters: JWT, cache, breaker, whoami.
    pub(super) fn of(config: &Config) -> Self {
        let (sessions, cache) = Self::source(config);
        Self::with_source(config, sessions, cache)
    }

    /// Keeps cache and whoami for a configuration that differs in other settings alone.
    pub(super) fn updated(&self, config: &Config) -> Self {
        Self::with_source(config, Arc::clone(&self.sessions), self.cache.clone())
    }

    fn source(config: &Config) -> (Arc<dyn SessionResolver>, Option<CachingResolver>) {
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
            let cache = match &config.cache.store {
                Some(store) => cache.with_store(Arc::clone(store)),
                None => cache,
            };
            #[cfg(feature = "fleet")]
            let cache = match &config.cache.fleet {
                Some(fleet) => cache.with_fleet(fleet.clone(), &config.secret),
                None => cache,
            };
            cache
        });
        let sessions = cache.clone().map_or(source, |cache| Arc::new(cache) as Arc<dyn SessionResolver>);
        (sessions, cache)
    }

    fn with_source(
        config: &Config,
        sessions: Arc<dyn SessionResolver>,
        cache: Option<CachingResolver>,
    ) -> Self {
        let resolver = Arc::clone(&sessions);
        #[cfg(feature = "jwt")]
        let resolver = match &config.jwt {
            Some(jwt) => Arc::new(jwt.clone().with_sessions(resolver)),
            None => resolver,
        };
        let own = config.client.clone().map(|client| client.with_era(config.era()));
        let (client, pages) = match (own, &config.upstream) {
            (Some(client), _) => (Some(client.clone()), Some(client)),
            (None, Some((base, transport))) => {
                let client = Client::from_parts(base.clone(), transport.clone()).with_era(config.era());
                let pages = client.clone().with_timeout(PAGE_TIMEOUT).with_body_limit(PAGE_LIMIT);
                (Some(client), Some(pages))
            }
            (None, None) => (None, None),
        };
        // One circuit for the upstream, and a bulkhead for each kind of call: pages cannot starve guards.
        let tokenizer = config.tokenizer.clone().or_else(|| {
            let client = pages.clone()?.with_breaker(config.breaker.bulkhead(JWTS_IN_FLIGHT));
            Some(SessionTokenizer::new(client))
        });
        let pages = pages.map(|client| client.with_breaker(config.breaker.bulkhead(PAGES_IN_FLIGHT)));
        Self { sessions, resolver, cache, client, pages, tokenizer }
    }
}
