//! What everybody may ask.

mod browser;
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
    diagnosis::ports::Port,
    transport::{BaseUrl, ConfigError, Transport},
};

/// Kratos' public port: sessions, flows, schemas.
///
/// It holds no session: each call shows the one credential that it is given. It keeps no cookies, follows no
/// redirects, asks for JSON, and reaches nothing of the admin side. Cloning it is cheap and shares the
/// connections.
///
/// ```no_run
/// use kratos_core::client::{BrowserCookies, Client, NewFlow};
///
/// # async fn login_page(headers: http::HeaderMap) -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Client::new("http://127.0.0.1:4433")?;
/// let cookies = BrowserCookies::from_headers(&headers);
/// let answer = kratos.browser(&cookies).create_login_flow(&NewFlow::new()).await?;
///
/// let mut response = http::Response::new(String::new());
/// let flow = answer.relay(response.headers_mut());
/// *response.body_mut() = format!("a form with {} nodes", flow.ui.nodes.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) connection: Connection,
}

impl Client {
    /// A client for the Kratos whose public API is at `public_url`, as this process reaches it. A path in the URL
    /// stays in front of every path: `https://example.com/api/kratos/public`, say.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        Connection::new(public_url, Port::Public).map(|connection| Self { connection })
    }

    /// A client that shares a connection pool.
    pub(crate) fn from_parts(base: BaseUrl, transport: Transport) -> Self {
        Self { connection: Connection::from_parts(base, transport, Port::Public) }
    }

    /// Which generation the server is of. Default: the latest. [`Era::detect`](Era::detect) asks the server.
    #[must_use]
    pub fn with_era(mut self, era: Era) -> Self {
        self.connection.era = era;
        self
    }

    /// The generation that the client is set to.
    #[must_use]
    pub fn era(&self) -> Era {
        self.connection.era
    }

    /// How long one call may take in all. Default 10 s.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_timeout(timeout));
        self
    }

    /// How many bytes an answer may have. Default 16 MiB.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: usize) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_body_limit(bytes));
        self
    }

    /// Uses a reqwest client of yours: its proxies, certificates and pool. Build it with
    /// `redirect::Policy::none()` and a connect timeout, and without a cookie store, which would mix up your users
    /// and break native flows.
    #[must_use]
    pub fn with_client(mut self, client: reqwest::Client) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_client(client));
        self
    }

    /// Tries again where that is safe. Default: never.
    #[must_use]
    pub fn with_retry_policy(mut self, retries: RetryPolicy) -> Self {
        self.connection = self.connection.with_retry_policy(retries);
        self
    }

    /// What a browser may do: flows with cookies.
    #[must_use]
    pub fn browser(&self, cookies: &BrowserCookies) -> Browser<'_> {
        Browser::new(&self.connection, cookies.clone())
    }

    /// What a native app may do: flows without cookies.
    #[must_use]
    pub fn native(&self) -> Native<'_> {
        Native::new(&self.connection)
    }

    /// Any method and path of this port, for what this crate does not know.
    pub fn raw(&self, method: http::Method, path: &str) -> RawCall<'_> {
        RawCall::new(&self.connection, method, path)
    }
}
