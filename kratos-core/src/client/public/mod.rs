//! The client for Kratos' public API.

mod browser;
mod flows;
mod links;
mod logout;
mod native;
mod server;
mod session;
mod sessions;

pub use browser::Browser;
pub use native::Native;

use std::time::Duration;

use super::{BrowserCookies, Era, RawCall, RetryPolicy, connection::Connection};
use crate::{
    breaker::CircuitBreaker,
    diagnosis::ports::Port,
    transport::{BaseUrl, ConfigError, Transport},
};

/// A client for Kratos' public API: sessions, flows, schemas.
///
/// Holds no session: each call sends only the credential that it is given. Stores no cookies, follows no redirects and
/// uses no proxy of the environment. Cloning is cheap and shares the connection pool.
///
/// ```no_run
/// use kratos_core::client::{BrowserCookies, Client, NewFlow};
///
/// # async fn login_page(headers: http::HeaderMap) -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Client::new("http://127.0.0.1:4433")?;
/// let cookies = BrowserCookies::from_headers(&headers);
/// let created = kratos.browser(&cookies).create_login_flow(&NewFlow::new()).await?;
///
/// let mut response = http::Response::new(String::new());
/// let flow = created.relay(response.headers_mut());
/// *response.body_mut() = format!("a form with {} nodes", flow.ui.nodes.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) connection: Connection,
}

impl Client {
    /// Creates a client for the public API at `public_url`, the URL at which this process reaches Kratos. A path in the
    /// URL is kept as a prefix, for example `https://example.com/api/kratos/public`.
    ///
    /// # Errors
    /// Returns an error if the URL is not an absolute `http(s)` URL or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        let base = BaseUrl::parse(public_url, Port::Public.url_name())?;
        Ok(Self::from_parts(base, Transport::new()?))
    }

    /// Creates a client on an existing connection pool. Timeout and body limit of `transport` are replaced by the defaults
    /// of a client.
    pub(crate) fn from_parts(base: BaseUrl, transport: Transport) -> Self {
        Self { connection: Connection::new(base, Port::Public, transport) }
    }

    /// Sets the era of the server. Default: the latest. [`Era::detect`] detects it.
    #[must_use]
    pub fn with_era(mut self, era: Era) -> Self {
        self.connection.era = era;
        self
    }

    /// Returns the era that the client is set to.
    #[must_use]
    pub fn era(&self) -> Era {
        self.connection.era
    }

    /// Sets the timeout of one call, from sending the request to reading the whole response. Default: 10 s.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_timeout(timeout));
        self
    }

    /// Sets the maximum size of a response body in bytes. Default: 16 MiB.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: usize) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_body_limit(bytes));
        self
    }

    /// Replaces the HTTP client, with its proxies, certificates and connection pool.
    ///
    /// Build it with `redirect::Policy::none()`, with a connect timeout and with [`no_proxy`]: reqwest reads proxies from
    /// the environment by default. Build it without a cookie store, which would mix the cookies of users.
    /// A timeout of its own holds beside [`Self::with_timeout`].
    ///
    /// [`no_proxy`]: reqwest::ClientBuilder::no_proxy
    #[must_use]
    pub fn with_http_client(mut self, client: reqwest::Client) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_client(client));
        self
    }

    /// Sends requests through the proxy that `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` or the operating system name. A
    /// proxy sees every credential that is sent over `http://`. Default: no proxy.
    ///
    /// # Errors
    /// Returns an error if the HTTP client cannot be built.
    #[cfg(feature = "system-proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "system-proxy")))]
    pub fn with_environment_proxy(mut self) -> Result<Self, ConfigError> {
        self.connection = self.connection.try_edit_transport(Transport::with_environment_proxy)?;
        Ok(self)
    }

    /// Sets when failed calls are retried. Default: never.
    #[must_use]
    pub fn with_retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.connection = self.connection.with_retry_policy(policy);
        self
    }

    /// Makes no call that this breaker does not permit. Default: no breaker. The pages and handlers of a
    /// [`Kratos`](crate::Kratos) have one, which shares its circuit with the guards.
    #[must_use]
    pub fn with_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.connection = self.connection.with_breaker(breaker);
        self
    }

    /// Returns the client for one browser: flows with cookies.
    #[must_use]
    pub fn browser(&self, cookies: &BrowserCookies) -> Browser<'_> {
        Browser::new(&self.connection, cookies.clone())
    }

    /// Returns the client for one native app: flows without cookies.
    #[must_use]
    pub fn native(&self) -> Native<'_> {
        Native::new(&self.connection)
    }

    /// Returns a call of any method and path of this port, for routes that this crate does not know.
    pub fn raw(&self, method: http::Method, path: &str) -> RawCall<'_> {
        RawCall::new(&self.connection, method, path)
    }
}
