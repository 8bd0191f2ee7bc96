//! What the `with_…` methods of [`Kratos`](super::Kratos) set.

use std::{sync::Arc, time::Duration};

use super::{
    secret::Secret,
    sites::{Pages, Site},
};
#[cfg(feature = "jwt")]
use crate::resolve::JwtResolver;
use crate::{
    adapter::HeaderLookup,
    client::{Client, Era},
    credential::CredentialReader,
    links::is_path,
    policy::{GuardResponse, RequestView},
    resolve::{CircuitBreaker, SessionResolver, SessionStore},
    tokenize::SessionTokenizer,
    transport::{BaseUrl, ConfigError, Transport},
};

#[derive(Clone)]
pub(super) struct Config {
    /// Kratos' public API, as this process reaches it.
    pub(super) upstream: Option<(BaseUrl, Transport)>,
    /// A source of sessions in place of whoami.
    pub(super) resolver: Option<Arc<dyn SessionResolver>>,
    pub(super) timeout: Option<Duration>,
    pub(super) breaker: CircuitBreaker,
    pub(super) client: Option<Client>,
    /// `None`: that of the client.
    pub(super) era: Option<Era>,
    pub(super) tokenizer: Option<SessionTokenizer>,
    #[cfg(feature = "jwt")]
    pub(super) jwt: Option<JwtResolver>,
    pub(super) cache: CacheConfig,
    pub(super) credentials: CredentialReader,
    pub(super) render: Option<Render>,
    pub(super) secret: Secret,
    /// Whether the application set the secret.
    #[cfg(feature = "fleet")]
    pub(super) has_secret: bool,
    pub(super) origin_check: bool,
    pub(super) pages: Pages,
    /// Made of `pages` by [`Config::link`], the URL of `with_app` first.
    pub(super) sites: Vec<Site>,
}

#[derive(Clone, Default)]
pub(super) struct CacheConfig {
    /// `None`: no cache.
    pub(super) ttl: Option<Duration>,
    pub(super) store: Option<Arc<dyn SessionStore>>,
    pub(super) negative_ttl: Duration,
    pub(super) stale_if_error: Duration,
    #[cfg(feature = "fleet")]
    pub(super) fleet: Option<crate::fleet::Fleet>,
}

pub(super) type Render = Arc<dyn Fn(&mut GuardResponse, &RejectedRequest<'_>) + Send + Sync>;

impl Config {
    pub(super) fn new(
        upstream: Option<(BaseUrl, Transport)>,
        resolver: Option<Arc<dyn SessionResolver>>,
    ) -> Self {
        Self {
            upstream,
            resolver,
            timeout: None,
            breaker: CircuitBreaker::new(),
            client: None,
            era: None,
            tokenizer: None,
            #[cfg(feature = "jwt")]
            jwt: None,
            cache: CacheConfig::default(),
            credentials: CredentialReader::default(),
            render: None,
            secret: Secret::random(),
            #[cfg(feature = "fleet")]
            has_secret: false,
            origin_check: true,
            pages: Pages::default(),
            sites: Vec::new(),
        }
    }

    /// The era of the server.
    pub(super) fn era(&self) -> Era {
        self.era.unwrap_or_else(|| self.client.as_ref().map(Client::era).unwrap_or_default())
    }

    /// Puts the URLs together.
    pub(super) fn link(&mut self) -> Result<(), ConfigError> {
        let upstream = self.upstream.as_ref().map(|(base, _)| base);
        self.sites = self.pages.sites(upstream, self.secret.hop_key())?;
        Ok(())
    }
}

/// The request that a rejection answers, for
/// [`Kratos::with_rejection_response`](super::Kratos::with_rejection_response).
#[derive(Clone, Copy)]
pub struct RejectedRequest<'a> {
    method: &'a str,
    path_and_query: &'a str,
    headers: &'a dyn FirstValue,
}

/// Object-safe access to headers.
trait FirstValue {
    fn first(&self, name: &str) -> Option<&[u8]>;
}

impl<H: HeaderLookup> FirstValue for H {
    fn first(&self, name: &str) -> Option<&[u8]> {
        self.values(name).next()
    }
}

impl<'a> RejectedRequest<'a> {
    pub(super) fn of<H: HeaderLookup>(request: &RequestView<'a, H>) -> Self {
        Self {
            method: request.method(),
            path_and_query: request.path_and_query(),
            headers: request.headers(),
        }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &'a str {
        self.method
    }

    /// Returns the path and query that the browser requested.
    #[must_use]
    pub fn path_and_query(&self) -> &'a str {
        self.path_and_query
    }

    /// Returns the path and query of the page of this application that the form was on, by `Referer`: the target of a
    /// link back. `None` when another origin sent the request.
    #[must_use]
    pub fn page(&self) -> Option<&'a str> {
        let referer = std::str::from_utf8(self.header("referer")?).ok()?;
        let same = self.header("sec-fetch-site").is_some_and(|site| site == b"same-origin");
        let (_, rest) = referer.split_once("://").filter(|_| same)?;
        rest.find('/').and_then(|path| rest.get(path..)).filter(|path| is_path(path))
    }

    /// Returns the first value of the header `name` (lower case): `accept-language`, for example.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers.first(name)
    }
}

impl std::fmt::Debug for RejectedRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path_and_query.split('?').next().unwrap_or_default();
        f.debug_struct("RejectedRequest")
            .field("method", &self.method)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}
