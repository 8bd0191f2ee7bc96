//! The gateway's own HTTP client and connection pool.

use std::time::Duration;

use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use kratos_core::ConfigError;

use super::body::Upload;

#[cfg(feature = "rustls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(feature = "rustls"))]
type Connector = HttpConnector;

pub(super) type UpstreamClient = Client<Connector, Upload>;

/// Kratos closes a connection that is idle for 120 s (26.2.0, cmd/daemon/serve.go). The gateway closes it before.
const IDLE: Duration = Duration::from_secs(60);
/// The idle connections that are kept.
const MOST_IDLE: usize = 128;

pub(super) fn build(connect_timeout: Duration) -> Result<UpstreamClient, ConfigError> {
    let mut tcp = HttpConnector::new();
    tcp.set_connect_timeout(Some(connect_timeout));
    tcp.set_nodelay(true);
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(MOST_IDLE)
        .build(connector(tcp)?))
}

/// Verifies certificates as the platform does, which is what reqwest's feature `rustls` does too.
#[cfg(feature = "rustls")]
fn connector(mut tcp: HttpConnector) -> Result<Connector, ConfigError> {
    tcp.enforce_http(false);
    let tls = hyper_rustls::HttpsConnectorBuilder::new()
        .try_with_platform_verifier()
        .map_err(|error| ConfigError::new(format!("TLS of the gateway cannot be set up: {error}")))?;
    Ok(tls.https_or_http().enable_http1().wrap_connector(tcp))
}

#[cfg(not(feature = "rustls"))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature")]
fn connector(tcp: HttpConnector) -> Result<Connector, ConfigError> {
    Ok(tcp)
}
