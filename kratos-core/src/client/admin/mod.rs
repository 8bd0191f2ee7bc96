//! What operators may ask.

mod body;
mod courier;
mod credentials;
mod identities;
mod legacy;
mod list;
mod patch;
mod recovery;
mod server;
mod sessions;

use std::time::Duration;

pub use body::{BatchIdentities, NewIdentity, UpdatedIdentity};
pub use credentials::ImportCredentials;
pub use list::{Consistency, ListIdentities, ListMessages, ListSessions, SessionExpand};
pub use patch::JsonPatch;
pub use recovery::{NewRecoveryCode, NewRecoveryLink};

use super::{Era, RawCall, RetryPolicy, connection::Connection};
use crate::{diagnosis::ports::Port, model::SecretText, transport::ConfigError};

/// Kratos' admin port: all identities and sessions, without asking who asks.
///
/// A Kratos of one's own guards this port by the network alone. The type is apart from [`super::Client`], so that
/// code that holds that one reaches nothing of it. Cloning is cheap and shares the connections.
///
/// ```no_run
/// use futures_util::TryStreamExt as _;
/// use kratos_core::client::{AdminClient, ListIdentities};
///
/// # async fn all() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = AdminClient::new("http://127.0.0.1:4434")?;
/// let mut everybody = kratos.list_identities(ListIdentities::new())?.into_stream();
/// while let Some(identity) = everybody.try_next().await? {
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
    /// A client for the Kratos whose admin API is at `admin_url`, without `/admin`. A path in the URL stays in
    /// front of every path: `https://example.com/api/kratos/admin` (2021), say. On the Ory Network it is the same
    /// URL as the public one, with [`AdminClient::with_bearer_key`].
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(admin_url: &str) -> Result<Self, ConfigError> {
        Connection::new(admin_url, Port::Admin).map(|connection| Self { connection })
    }

    /// Which generation the server is of. Default: the latest. [`Era::detect_admin`](Era::detect_admin) asks the
    /// server.
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

    /// Shows `Authorization: Bearer <key>` with every call: the Ory Network's `ory_pat_…`. Default: none.
    ///
    /// # Errors
    /// When the key is empty or holds bytes that no header can carry.
    pub fn with_bearer_key(mut self, key: impl Into<SecretText>) -> Result<Self, ConfigError> {
        let key = key.into();
        let visible = key.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
        if key.expose_secret().is_empty() || !visible {
            return Err(ConfigError::new("the bearer key is empty or holds other than visible characters"));
        }
        self.connection = self.connection.with_key(key);
        Ok(self)
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
    /// `redirect::Policy::none()` and a connect timeout.
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

    /// Any method and path of this port, for what this crate does not know. The path is taken as it is: from 0.9 on
    /// it begins with `/admin`.
    pub fn raw(&self, method: http::Method, path: &str) -> RawCall<'_> {
        RawCall::new(&self.connection, method, path)
    }
}
