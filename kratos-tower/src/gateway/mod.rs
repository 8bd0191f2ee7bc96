//! Kratos' public API below a path of the application's own origin (feature `gateway`).
//!
//! Most of what goes wrong between a browser and Kratos is two origins: cookies that are not sent, CSRF violations, CORS,
//! `localhost` against `127.0.0.1`, a second TLS name. A [`Gateway`] leaves one origin: the application answers
//! `/.ory/kratos/…` by calling Kratos.
//!
//! Set Kratos' `serve.public.base_url` to the gateway's URL, `https://example.org/.ory/kratos/` for example, and name it in
//! [`Kratos::with_browser_url`](crate::Kratos::with_browser_url). All URLs of Kratos, its CSRF cookie and the callbacks of
//! single sign-on follow. Nothing is rewritten.

mod address;
mod body;
mod call;
mod client;
mod config;
mod future;
#[cfg(feature = "__fuzzing")]
pub(crate) mod fuzz;
mod headers;
mod in_flight;
mod limit;
mod network;
mod progress;
mod refusal;

use std::{
    convert::Infallible,
    fmt,
    net::IpAddr,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{Extensions, Request, Response};
use http_body::Body;
use kratos_core::{ConfigError, Kratos, gateway::GatewayUpstream};
use tower_service::Service;

use self::{body::Erased, client::UpstreamClient, config::Config, progress::Progress};

pub use address::{ClientAddress, PeerAddress};
pub use body::GatewayBody;
pub use future::GatewayFuture;
pub use kratos_core::gateway::{GatewayEvent, GatewayEventKind, GatewayOutcome, SubmittedFlow};
pub use limit::RateLimits;
pub use refusal::GatewayRefusal;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Serves Kratos' public API below a path of the application: a tower service, to mount in a router.
///
/// Passes `/self-service/…`, `/sessions…`, `/schemas…`, `/.well-known/ory/…` and `/.well-known/change-password`, and answers
/// 404 to every other path: the admin API cannot be reached, by whatever spelling. Bodies are streamed both ways; nothing is
/// buffered. Hop-by-hop headers are removed (RFC 9110 §7.6.1), and so are all headers by which a client could claim another
/// address. A logout, a revoked session, a settings change or a login drops the cache entries concerned before the browser
/// has its response. With a cache, Kratos is asked beforehand for the session of a request that may end others and is not
/// cached, and while it does not tell, the response is 503.
///
/// Clones are cheap and share the connections. They are this gateway's own, of hyper-util's client and HTTP/1.1: measured
/// beside nginx as a proxy, a bare proxy on it took 1.07 to 1.26 of nginx' p50, and one on reqwest, which the rest of these
/// crates use, 1.3 to 1.6. TLS verifies by the platform's certificates, as there. A client set by
/// [`Kratos::with_http_client`] is not used. Nor is a proxy crate: those are whole servers, bound to one framework, or no longer
/// kept, and which headers pass and when an entry is dropped would be written here all the same.
///
/// ```
/// use kratos_tower::{Kratos, gateway::Gateway};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://127.0.0.1:4433")?
///     .with_app("https://example.org")?
///     .with_browser_url("https://example.org/.ory/kratos")?;
/// let gateway = Gateway::new(&kratos)?; // axum: Router::new().nest_service("/.ory/kratos", gateway)
/// assert_eq!(gateway.mount_path(), "/.ory/kratos");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct Gateway(Arc<Inner>);

struct Inner {
    config: Config,
    upstream: GatewayUpstream,
    client: UpstreamClient,
}

/// Where the gateway is mounted unless [`Kratos::with_browser_url`] names another path.
const MOUNT_PATH: &str = "/.ory/kratos";

impl Gateway {
    /// Serves the public API of this [`Kratos`]. Shares its cache and its circuit breaker, with places of its own for calls
    /// in flight: 256 that read and 128 that submit.
    ///
    /// # Errors
    /// When the `Kratos` was made from a resolver, names the gateway itself as its upstream, or TLS cannot be set up.
    pub fn new(kratos: &Kratos) -> Result<Self, ConfigError> {
        let upstream = GatewayUpstream::new(kratos)?;
        let path = upstream.gateway_url().map(|url| url.path().trim_end_matches('/').to_owned());
        let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| MOUNT_PATH.to_owned());
        let origin = upstream.app_url().as_ref().and_then(headers::Origin::of);
        let config = Config::new(path, origin, headers::Origin::of(&upstream.url()));
        let client = client::build(config.connect_timeout)?;
        Ok(Self(Arc::new(Inner { config, upstream, client })))
    }

    fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let Inner { config, upstream, client } = &*self.0;
        let (mut config, upstream, client) = (config.clone(), upstream.clone(), client.clone());
        change(&mut config);
        Self(Arc::new(Inner { config, upstream, client }))
    }

    /// Sets the path at which the gateway is mounted. Default: the path of [`Kratos::with_browser_url`] if that is below
    /// [`Kratos::with_app`], otherwise `/.ory/kratos`. It does not matter whether the router strips it.
    ///
    /// # Errors
    /// When it does not start with a slash, or is the root.
    pub fn with_mount_path(self, path: &str) -> Result<Self, ConfigError> {
        let trimmed = path.trim_end_matches('/');
        if !trimmed.starts_with('/') {
            return Err(ConfigError::new(format!(
                "the mount path {path:?} (Gateway::with_mount_path) must be a path such as {MOUNT_PATH}"
            )));
        }
        let path = trimmed.to_owned();
        Ok(self.with(|config| config.mount_path = path))
    }

    /// Sets the size limit of a request's body, in bytes. Default: 5 MiB, as Kratos has it (26.2.0, cmd/daemon/serve.go). A
    /// larger one is answered with 413. Responses have no limit.
    pub fn with_body_limit(self, bytes: u64) -> Self {
        self.with(|config| config.body_limit = bytes)
    }

    /// Sets the time within which a client must send a request's whole body. Default: 15 s, as Kratos has it (26.2.0,
    /// cmd/daemon/serve.go). A slower one is answered with 408.
    pub fn with_upload_timeout(self, timeout: Duration) -> Self {
        self.with(|config| config.upload_timeout = timeout)
    }

    /// Sets the time within which Kratos must begin its response, once it has the request, and within which it must go on
    /// with it. Default: 60 s, as Kratos has it (26.2.0, cmd/daemon/serve.go): it waits for web hooks and providers while it
    /// serves a flow.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|config| config.timeout = timeout)
    }

    /// Sets the timeout of connecting. Default: 1 s. Opens a new connection pool.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn with_connect_timeout(self, timeout: Duration) -> Result<Self, ConfigError> {
        let client = client::build(timeout)?;
        let mut config = self.0.config.clone();
        config.connect_timeout = timeout;
        Ok(Self(Arc::new(Inner { config, upstream: self.0.upstream.clone(), client })))
    }

    /// Opens a connection pool of its own, which a clone otherwise shares: for servers whose threads have a runtime each. A
    /// connection then stays on the thread that uses it.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn with_own_connections(self) -> Result<Self, ConfigError> {
        let timeout = self.0.config.connect_timeout;
        self.with_connect_timeout(timeout)
    }

    /// Sets how many calls may be in flight: those that read (GET, HEAD, OPTIONS) and those that submit. Default: 256 and
    /// 128. Further ones wait as long as the breaker's
    /// [`with_queue_wait`](crate::resolve::CircuitBreaker::with_queue_wait), and then get 503.
    pub fn with_max_in_flight(self, reads: usize, submits: usize) -> Self {
        let Inner { config, upstream, client } = &*self.0;
        let upstream = upstream.clone().with_max_in_flight(reads, submits);
        Self(Arc::new(Inner { config: config.clone(), upstream, client: client.clone() }))
    }

    /// Also passes `/health/alive` and `/health/ready`. Default: off.
    pub fn with_health(self) -> Self {
        self.with(|config| config.health = true)
    }

    /// Sets where the client's address is read. Default: [`ClientAddress::peer`]. Behind a proxy set
    /// [`ClientAddress::x_forwarded_for`] or [`ClientAddress::forwarded`].
    pub fn with_client_address(self, address: ClientAddress) -> Self {
        self.with(|config| config.address = address)
    }

    /// Finds the peer's address in a request's extensions. Default: the [`PeerAddress`]. `kratos-axum` and `kratos-actix` set
    /// it to their framework's.
    pub fn with_peer_address(self, find: fn(&Extensions) -> Option<IpAddr>) -> Self {
        self.with(|config| config.peer = find)
    }

    /// Serves a project of the Ory Network, whose URL is that of [`Kratos::new`]: its cookies become cookies of the
    /// application, and its redirects lead to the gateway. `api_key` is one of the project (`ory_pat_…`); clients never see
    /// it. Default: off, and nothing is rewritten.
    ///
    /// Sends `Ory-Base-URL-Rewrite`, `Ory-Base-URL-Rewrite-Token` and `Ory-No-Custom-Domain-Redirect`, as Ory's own
    /// integrations do. Whatever the mode, such headers of clients are removed.
    ///
    /// # Errors
    /// When [`Kratos::with_app`] and [`Kratos::with_browser_url`] do not name the gateway's URL, or the key cannot be part of
    /// a header.
    pub fn with_ory_network(self, api_key: &str) -> Result<Self, ConfigError> {
        let network = network::Network::new(&self.0.upstream, api_key)?;
        Ok(self.with(|config| config.network = Some(Arc::new(network))))
    }

    /// Limits the rate at which forms are submitted. Default: no limits.
    ///
    /// It is not a layer in front: to count by identifier takes the form's body, and to let a known device pass takes the
    /// response, which tells a login that succeeded. Layers in front can limit further, by whatever they know.
    pub fn with_rate_limits(self, limits: RateLimits) -> Self {
        self.with(|config| config.limiter = Some(Arc::new(limit::Limiter::new(limits))))
    }

    /// Calls `observe` for each [`GatewayEvent`], before the response goes to the browser: to end an application's own
    /// sessions at a logout, for example. It must not block. Default: none.
    pub fn on_event(self, observe: impl Fn(&GatewayEvent) + Send + Sync + 'static) -> Self {
        self.with(|config| config.observe = Some(Arc::new(observe)))
    }

    /// Returns the path at which the gateway is mounted, without a slash at its end.
    #[must_use]
    pub fn mount_path(&self) -> &str {
        &self.0.config.mount_path
    }
}

impl<B> Service<Request<B>> for Gateway
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<GatewayBody>;
    type Error = Infallible;
    type Future = GatewayFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> GatewayFuture {
        let (parts, body) = request.into_parts();
        let progress = Progress::default();
        let answering = call::serve(Arc::clone(&self.0), parts, Erased::new(body), progress.clone());
        GatewayFuture::new(answering, progress)
    }
}

impl fmt::Debug for Gateway {
    /// Shows no internal address and no key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("config", &self.0.config).finish_non_exhaustive()
    }
}
