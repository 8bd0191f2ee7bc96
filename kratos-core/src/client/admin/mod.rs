//! The client for Kratos' admin API.

mod body;
mod courier;
mod credentials;
mod identities;
mod legacy;
mod list;
mod manage_sessions;
mod patch;
mod recovery;
mod server;
mod sessions;
mod test_login;

use std::time::Duration;

pub use body::{BatchIdentities, NewIdentity, UpdatedIdentity};
pub use credentials::ImportCredentials;
pub use list::{Consistency, ListIdentities, ListMessages, ListSessions, SessionExpand};
pub use manage_sessions::{ManageSessions, SessionSelection};
pub use patch::JsonPatch;
pub use recovery::{NewRecoveryCode, NewRecoveryLink};

use super::{Era, RawCall, RetryPolicy, connection::Connection};
use crate::{
    diagnosis::ports::Port,
    model::SecretText,
    transport::{BaseUrl, ConfigError, Transport},
};

/// A client for Kratos' admin API: all identities and sessions, without authentication.
///
/// A self-hosted Kratos protects the admin port by network isolation only. Cloning is cheap and shares the connection pool.
///
/// ```no_run
/// use futures_util::TryStreamExt as _;
/// use kratos_core::client::{AdminClient, ListIdentities};
///
/// # async fn print() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = AdminClient::new("http://127.0.0.1:4434")?;
/// let mut identities = kratos.list_identities(ListIdentities::new())?.into_stream();
/// while let Some(identity) = identities.try_next().await? {
///     println!("{} {:?}", identity.id, identity.state);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AdminClient {
    pub(super) connection: Connection,
}

impl AdminClient {
    /// Creates a client for the admin API at `admin_url`, without `/admin`. A path in the URL is kept as a prefix, for
    /// example `https://example.com/api/kratos/admin`. On the Ory Network use the public URL and
    /// [`AdminClient::with_bearer_key`].
    ///
    /// # Errors
    /// Returns an error if the URL is not an absolute `http(s)` URL or TLS cannot be set up.
    pub fn new(admin_url: &str) -> Result<Self, ConfigError> {
        let base = BaseUrl::parse(admin_url, Port::Admin.url_name())?;
        Ok(Self { connection: Connection::new(base, Port::Admin, Transport::new()?) })
    }

    /// Sets the era of the server. Default: the latest. [`Era::detect_admin`](Era::detect_admin) detects it.
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

    /// Sends `Authorization: Bearer <key>` with each call: the API key of the Ory Network, `ory_pat_…`. Default: none.
    ///
    /// # Errors
    /// Returns an error if the key is empty or has characters other than visible ASCII.
    pub fn with_bearer_key(mut self, key: impl Into<SecretText>) -> Result<Self, ConfigError> {
        let key = key.into();
        let visible = key.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
        if key.expose_secret().is_empty() || !visible {
            return Err(ConfigError::new(
                "the bearer key is empty or has characters other than visible ASCII",
            ));
        }
        self.connection = self.connection.with_key(key);
        Ok(self)
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
    /// the environment by default.
    /// A timeout of its own holds beside [`Self::with_timeout`].
    ///
    /// [`no_proxy`]: reqwest::ClientBuilder::no_proxy
    #[must_use]
    pub fn with_http_client(mut self, client: reqwest::Client) -> Self {
        self.connection = self.connection.edit_transport(|transport| transport.with_client(client));
        self
    }

    /// Sends requests through the proxy that `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` or the operating system name.
    /// Default: no proxy.
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

    /// Returns a call of any method and path of this port, for routes that this crate does not know. The path is sent
    /// unchanged: since 0.9 it begins with `/admin`.
    pub fn raw(&self, method: http::Method, path: &str) -> RawCall<'_> {
        RawCall::new(&self.connection, method, path)
    }
}
