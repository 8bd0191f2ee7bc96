//! The value that an application makes: one Kratos, with everything that uses it.

mod config;
mod links;
mod parts;
mod secret;
mod sites;

use std::{fmt, sync::Arc, time::Duration};

use uuid::Uuid;

use self::{config::Config, parts::Parts, sites::Site};
use crate::{
    adapter::{HeaderLookup, LazySession, RequestSession},
    check::Check,
    client::Client,
    credential::{Credential, CredentialReader},
    links::{Links, Origins},
    policy::{GuardResponse, RequestView},
    request::Rejection,
    resolve::{CircuitBreaker, SessionResolver, SessionStore},
    tokenize::SessionTokenizer,
    transport::{BaseUrl, ConfigError, Transport},
};

pub use config::RejectedRequest;

/// One Kratos: its client, the resolver of its sessions, their cache, and the links to its pages. One connection pool
/// serves all of them.
///
/// Clones are cheap and share the cache, also after a setter that does not concern where sessions come from: a clone
/// [`with_credentials`](Self::with_credentials) of its own, for example. The setters of cache, breaker, timeouts, HTTP client
/// and secret start an empty cache: call them first.
///
/// On by default: the origin check, timeouts, size limits, a circuit breaker. Off by default: the cache, redirects
/// (until [`with_app`](Self::with_app)), a proxy from the environment.
///
/// ```
/// use std::time::Duration;
///
/// use kratos_core::Kratos;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://127.0.0.1:4433")?
///     .with_app("http://localhost:4455")?
///     .with_browser_url("http://localhost:4433")?
///     .with_cache(Duration::from_secs(30));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Kratos(Arc<Inner>);

struct Inner {
    config: Config,
    parts: Parts,
}

impl Kratos {
    /// Uses the Kratos whose public API is at `public_url`, as this process reaches it. A path in the URL precedes every
    /// path: `https://example.com/kratos/public`, for example.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        let base = BaseUrl::parse(public_url, "Kratos' public URL")?;
        Self::of(Config::new(Some((base, Transport::new()?)), None))
    }

    /// Takes sessions from a resolver instead of a server: for tests, or another source of sessions. What needs a server
    /// (flows, logout, JWTs) answers 500 and logs the fix.
    #[must_use]
    pub fn from_resolver(resolver: impl SessionResolver + 'static) -> Self {
        Self::built(Config::new(None, Some(Arc::new(resolver))))
    }

    fn of(mut config: Config) -> Result<Self, ConfigError> {
        config.link()?;
        Ok(Self::built(config))
    }

    fn built(config: Config) -> Self {
        Self(Arc::new(Inner { parts: Parts::of(&config), config }))
    }

    fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.0.config.clone();
        change(&mut config);
        Self::built(config)
    }

    /// Changes a setting that cache and whoami do not depend on, and keeps them.
    fn with_same_source(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.0.config.clone();
        change(&mut config);
        Self(Arc::new(Inner { parts: self.0.parts.updated(&config), config }))
    }

    /// Changes URLs that browsers reach, and keeps cache and whoami.
    fn try_with_same_source(
        self,
        change: impl FnOnce(&mut Config) -> Result<(), ConfigError>,
    ) -> Result<Self, ConfigError> {
        let mut config = self.0.config.clone();
        change(&mut config)?;
        config.link()?;
        Ok(Self(Arc::new(Inner { parts: self.0.parts.updated(&config), config })))
    }

    fn try_with(
        self,
        change: impl FnOnce(&mut Config) -> Result<(), ConfigError>,
    ) -> Result<Self, ConfigError> {
        let mut config = self.0.config.clone();
        change(&mut config)?;
        Self::of(config)
    }

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

    /// Reads these credentials of a request. Default: [`CredentialReader::default`].
    #[must_use]
    pub fn with_credentials(self, credentials: CredentialReader) -> Self {
        self.with_same_source(|config| config.credentials = credentials)
    }

    /// Limits the calls to an unresponsive Kratos. Default: [`CircuitBreaker::new`].
    #[must_use]
    pub fn with_breaker(self, breaker: CircuitBreaker) -> Self {
        self.with(|config| config.breaker = breaker)
    }

    /// Waits at most `timeout` for whoami. Default: 3 s. A guarded request waits that long when Kratos hangs.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|config| config.timeout = Some(timeout))
    }

    /// Calls Kratos with this HTTP client: its certificates, proxy and pool. Build it with `redirect::Policy::none()`, a
    /// connect timeout, and without a cookie store, which would mix up users.
    #[must_use]
    pub fn with_http_client(self, client: reqwest::Client) -> Self {
        self.with(|config| {
            if let Some((_, transport)) = &mut config.upstream {
                *transport = transport.clone().with_client(client);
            }
        })
    }

    /// Serves pages and logout with this client: of another era, with retries or a timeout of its own. Default: a client
    /// of the current era; for pages and logout it times out after 5 s and reads at most 1 MiB.
    #[must_use]
    pub fn with_client(self, client: Client) -> Self {
        self.with_same_source(|config| config.client = Some(client))
    }

    /// Sends requests through the proxy that `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` or the operating system name. Such a
    /// proxy sees session cookies wherever Kratos' URL is `http`. Default: no proxy.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    #[cfg(feature = "system-proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "system-proxy")))]
    pub fn with_environment_proxy(self) -> Result<Self, ConfigError> {
        self.try_with(|config| {
            if let Some((_, transport)) = &mut config.upstream {
                *transport = transport.clone().with_environment_proxy()?;
            }
            Ok(())
        })
    }

    /// Also takes sessions from Kratos' JWTs, verified by this resolver, and reads JWTs in `Authorization: Bearer`. Routes
    /// that need a live session ask Kratos with the session credential beside the JWT.
    #[cfg(feature = "jwt")]
    #[cfg_attr(docsrs, doc(cfg(feature = "jwt")))]
    #[must_use]
    pub fn with_jwt(self, jwt: crate::resolve::JwtResolver) -> Self {
        self.with_same_source(|config| {
            config.credentials = config.credentials.clone().with_jwt();
            config.jwt = Some(jwt);
        })
    }

    /// Makes JWTs with this tokenizer. Default: one of Kratos' own URL.
    #[must_use]
    pub fn with_tokenizer(self, tokenizer: SessionTokenizer) -> Self {
        self.with_same_source(|config| config.tokenizer = Some(tokenizer))
    }

    /// Changes every response that is sent instead of calling a handler: gives it a body of the application's design, for
    /// example an HTML page when [`GuardResponse::audience`] is
    /// [`Page`](crate::policy::Audience::Page) or [`Form`](crate::policy::Audience::Form). Default: an empty body for
    /// redirects, a plain HTML page with a link for forms, an error in Kratos' JSON shape for the rest.
    #[must_use]
    pub fn with_rejection_response(
        self,
        render: impl Fn(&mut GuardResponse, &RejectedRequest<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.with_same_source(|config| config.render = Some(Arc::new(render)))
    }

    /// Derives every key of the application from this secret of at least 32 bytes: cache keys and the loop breaker's
    /// cookie. Each key is derived for its purpose alone (HKDF-SHA-256). Give the processes of one application the same
    /// secret. Default: random per process.
    ///
    /// # Errors
    /// When the secret is shorter than 32 bytes.
    pub fn with_secret(self, secret: impl AsRef<[u8]>) -> Result<Self, ConfigError> {
        let secret = secret::Secret::new(secret.as_ref())?;
        self.try_with(|config| {
            config.secret = secret;
            Ok(())
        })
    }

    /// Switches the origin check off: pages of other sites can then send unsafe requests with a user's session cookie.
    ///
    /// The check refuses unsafe requests (every method but GET, HEAD, OPTIONS and TRACE, and WebSocket handshakes) with a
    /// session cookie that another site made the browser send: 403 `security_csrf_violation`, without a call to Kratos.
    /// It covers every handler that uses the session. `Sec-Fetch-Site` decides; where a browser does not send it,
    /// `Origin` must be the application's ([`with_app`](Self::with_app)) or a trusted one
    /// ([`with_trusted_origin`](Self::with_trusted_origin)). `Host` counts for nothing. Requests with a token, and those
    /// with neither header, pass.
    #[must_use]
    pub fn insecure_without_origin_check(self) -> Self {
        self.with_same_source(|config| config.origin_check = false)
    }

    /// Returns the client of Kratos' public API; `None` for a [`Kratos::from_resolver`].
    #[must_use]
    pub fn client(&self) -> Option<&Client> {
        self.0.parts.client.as_ref()
    }

    /// Returns the tokenizer that makes JWTs of sessions; `None` for a [`Kratos::from_resolver`].
    #[must_use]
    pub fn tokenizer(&self) -> Option<&SessionTokenizer> {
        self.0.parts.tokenizer.as_ref()
    }

    /// Returns a check of the configuration against the running Kratos. Run it at start and log its report:
    /// `kratos.check()?.run().await.log()`.
    ///
    /// # Errors
    /// When the [`Kratos`] was made from a resolver, without a URL.
    pub fn check(&self) -> Result<Check, ConfigError> {
        let Some((base, transport)) = &self.0.config.upstream else {
            return Err(ConfigError::new("a check needs Kratos::new with the URL of Kratos' public API"));
        };
        Ok(Check::from_parts(base.clone(), transport.clone(), self.links().cloned()))
    }

    /// Drops the cached entries of a session: after it was revoked.
    pub fn forget_session(&self, session: Uuid) {
        if let Some(tokenizer) = self.tokenizer() {
            tokenizer.forget_session(session);
        }
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_session(session);
        }
    }

    /// Drops the cached sessions of an identity: after it was changed, deactivated or deleted.
    pub fn forget_identity(&self, identity: Uuid) {
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_identity(identity);
        }
    }

    /// Drops all cached sessions.
    pub fn forget_all(&self) {
        if let Some(cache) = &self.0.parts.cache {
            cache.forget_all();
        }
    }

    /// Returns the session of a request with these headers. Nothing is resolved until it is needed.
    #[must_use]
    pub fn request(&self, headers: &impl HeaderLookup) -> RequestSession {
        self.lazy_session().read(headers).clone()
    }

    /// Returns the session that a layer inserts into a request: its headers are read by whatever needs it first.
    #[must_use]
    pub fn lazy_session(&self) -> LazySession {
        LazySession::new(self.clone())
    }

    /// Drops what is cached of a credential and its session.
    pub(crate) async fn forget_credential(&self, credential: &Credential) {
        // First what needs no await, which a caller that hangs up would skip.
        if let (Some(tokenizer), Some(session)) = (self.tokenizer(), credential.session()) {
            tokenizer.forget(session);
        }
        self.resolver().forget(credential).await;
    }

    /// Whether the resolver may cache sessions.
    pub(crate) fn may_cache(&self) -> bool {
        self.0.parts.cache.is_some() || self.0.config.resolver.is_some()
    }

    /// The client of calls that requests cause.
    pub(crate) fn pages(&self) -> Option<&Client> {
        self.0.parts.pages.as_ref()
    }

    pub(crate) fn credentials(&self) -> &CredentialReader {
        &self.0.config.credentials
    }

    pub(crate) fn resolver(&self) -> &dyn SessionResolver {
        &*self.0.parts.resolver
    }

    pub(crate) fn render<H: HeaderLookup>(
        &self,
        mut response: GuardResponse,
        request: &RequestView<'_, H>,
    ) -> Rejection {
        if let Some(render) = &self.0.config.render {
            render(&mut response, &RejectedRequest::of(request));
        }
        response.into()
    }

    pub(crate) fn checks_origin(&self) -> bool {
        self.0.config.origin_check
    }

    /// The links of [`with_app`](Self::with_app).
    pub(crate) fn links(&self) -> Option<&Links> {
        self.0.config.sites.first()?.links.as_ref()
    }

    /// The links within the host that a request names, if that is configured; otherwise those of `with_app`.
    pub(crate) fn links_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Links> {
        self.site_for(request)?.links.as_ref()
    }

    /// The origins of the host that a request names.
    pub(crate) fn origins_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Origins> {
        self.site_for(request).map(|site| &site.origins)
    }

    fn site_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Site> {
        match &*self.0.config.sites {
            [] => None,
            [only] => Some(only),
            [first, ..] => {
                let host = request.text("host").unwrap_or_default();
                let named = self.0.config.sites.iter().find(|site| site.origins.app().has_host(host));
                Some(named.unwrap_or(first))
            }
        }
    }
}

impl<R: SessionResolver + 'static> From<R> for Kratos {
    fn from(resolver: R) -> Self {
        Self::from_resolver(resolver)
    }
}

impl fmt::Debug for Kratos {
    /// Shows no internal address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config { credentials, sites, origin_check, .. } = &self.0.config;
        f.debug_struct("Kratos")
            .field("credentials", credentials)
            .field("sites", sites)
            .field("origin_check", origin_check)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests;
