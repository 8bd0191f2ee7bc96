//! The value that an application makes: one Kratos, with everything that uses it.

mod cache;
mod config;
#[cfg(feature = "fleet")]
mod fleet;
#[cfg(feature = "gateway")]
mod for_gateway;
mod for_request;
mod links;
mod parts;
mod replicas;
pub(crate) mod secret;
mod sites;

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use self::{config::Config, parts::Parts, replicas::Replicas};
use crate::{
    check::Check,
    client::{Client, Era, Error},
    credential::CredentialReader,
    policy::GuardResponse,
    resolve::{CircuitBreaker, SessionResolver},
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

/// On cache lines of its own, because of the count of its clones.
#[repr(align(128))]
struct Inner {
    config: Arc<Config>,
    parts: Arc<Parts>,
    /// Made for the first request. Empty in a replica.
    replicas: OnceLock<Option<Replicas>>,
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
        Self::of_parts(Parts::of(&config), config)
    }

    fn of_parts(parts: Parts, mut config: Config) -> Self {
        config.credentials = config.credentials.clone().of_era(config.era());
        Self(Arc::new(Inner { config: Arc::new(config), parts: Arc::new(parts), replicas: OnceLock::new() }))
    }

    /// The same value, whose clones are counted apart.
    fn replica(&self) -> Self {
        let Inner { config, parts, .. } = &*self.0;
        let (config, parts) = (Arc::clone(config), Arc::clone(parts));
        Self(Arc::new(Inner { config, parts, replicas: OnceLock::from(None) }))
    }

    /// A clone that other threads do not count.
    fn for_this_thread(&self) -> Self {
        let replicas = self.0.replicas.get_or_init(|| Some(Replicas::of(self)));
        replicas.as_ref().and_then(Replicas::of_this_thread).unwrap_or(self).clone()
    }

    fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::clone(&self.0.config);
        change(&mut config);
        Self::built(config)
    }

    /// Changes a setting that cache and whoami do not depend on, and keeps them.
    fn with_same_source(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::clone(&self.0.config);
        change(&mut config);
        Self::of_parts(self.0.parts.updated(&config), config)
    }

    /// Changes URLs that browsers reach, and keeps cache and whoami.
    fn try_with_same_source(
        self,
        change: impl FnOnce(&mut Config) -> Result<(), ConfigError>,
    ) -> Result<Self, ConfigError> {
        let mut config = Config::clone(&self.0.config);
        change(&mut config)?;
        config.link()?;
        Ok(Self::of_parts(self.0.parts.updated(&config), config))
    }

    fn try_with(
        self,
        change: impl FnOnce(&mut Config) -> Result<(), ConfigError>,
    ) -> Result<Self, ConfigError> {
        let mut config = Config::clone(&self.0.config);
        change(&mut config)?;
        Self::of(config)
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

    /// Sets the era of the server: of the client of pages and logout, and of the session tokens in `Authorization: Bearer`,
    /// which have no prefix up to 0.11. Default: that of the client that [`with_client`](Self::with_client) sets, or the
    /// latest. [`with_detected_era`](Self::with_detected_era) detects it.
    #[must_use]
    pub fn with_era(self, era: Era) -> Self {
        self.with_same_source(|config| config.era = Some(era))
    }

    /// Does the same as [`with_era`](Self::with_era), with the era that [`Era::detect`] finds by up to eight calls. Needed for
    /// releases up to 0.11 alone.
    ///
    /// # Errors
    /// When Kratos does not respond. A [`Kratos::from_resolver`] has no server, and stays as it is.
    pub async fn with_detected_era(self) -> Result<Self, Error> {
        match self.client() {
            Some(client) => {
                let era = Era::detect(client).await?;
                Ok(self.with_era(era))
            }
            None => Ok(self),
        }
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

    /// Changes every response that is sent instead of calling a handler. [`GuardResponse::set_html`] gives browsers a page of
    /// the application's design. Default: an empty body for redirects, a plain HTML page for browsers that navigate or post
    /// a form, an error in Kratos' JSON shape for the rest.
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
            #[cfg(feature = "fleet")]
            {
                config.has_secret = true;
            }
            Ok(())
        })
    }

    /// Switches the origin check off: pages of other sites can then send unsafe requests with a user's session cookie.
    ///
    /// The check refuses unsafe requests (every method but GET, HEAD, OPTIONS and TRACE, and WebSocket handshakes) with a
    /// session cookie that another site made the browser send: 403 `security_csrf_violation`, without a call to Kratos.
    /// It covers every handler that uses the session. `Sec-Fetch-Site` decides; where a browser does not send it,
    /// `Origin` must be the application's ([`with_app`](Self::with_app)) or a trusted one
    /// ([`with_trusted_origin`](Self::with_trusted_origin)). `Host` is not read. Requests with a session token, and those
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

    /// Returns a check of the configuration against the running Kratos. Log it at start:
    /// `kratos.check()?.log().await`.
    ///
    /// # Errors
    /// When the [`Kratos`] was made from a resolver, without a URL.
    pub fn check(&self) -> Result<Check, ConfigError> {
        let Some((base, transport)) = &self.0.config.upstream else {
            return Err(ConfigError::new("a check needs Kratos::new with the URL of Kratos' public API"));
        };
        Ok(Check::from_parts(base.clone(), transport.clone(), self.links().cloned(), self.0.config.era()))
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
        let Config { credentials, sites, origin_check, .. } = &*self.0.config;
        f.debug_struct("Kratos")
            .field("credentials", credentials)
            .field("sites", sites)
            .field("origin_check", origin_check)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests;
