//! What the `with_…` methods of [`Gateway`](super::Gateway) set.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use http::Extensions;

use super::{ClientAddress, GatewayEvent, PeerAddress, headers::Origin, limit::Limiter, network::Network};

/// Kratos 26.2.0, cmd/daemon/serve.go: `http.MaxBytesHandler`.
const BODY_LIMIT: u64 = 5 * 1024 * 1024;
/// Kratos 26.2.0, cmd/daemon/serve.go: `ReadTimeout`.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(15);
/// Kratos 26.2.0, cmd/daemon/serve.go: `WriteTimeout`.
const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

type Observe = Arc<dyn Fn(&GatewayEvent) + Send + Sync>;

#[derive(Clone)]
pub(super) struct Config {
    pub(super) mount_path: String,
    /// The application's origin, as Kratos learns it.
    pub(super) origin: Option<Origin>,
    /// Kratos' origin, as this process reaches it.
    pub(super) kratos: Option<Origin>,
    pub(super) body_limit: u64,
    pub(super) upload_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) connect_timeout: Duration,
    pub(super) health: bool,
    pub(super) address: ClientAddress,
    pub(super) peer: fn(&Extensions) -> Option<IpAddr>,
    pub(super) network: Option<Arc<Network>>,
    pub(super) limiter: Option<Arc<Limiter>>,
    pub(super) observe: Option<Observe>,
}

impl Config {
    pub(super) fn new(mount_path: String, origin: Option<Origin>, kratos: Option<Origin>) -> Self {
        Self {
            mount_path,
            origin,
            kratos,
            body_limit: BODY_LIMIT,
            upload_timeout: UPLOAD_TIMEOUT,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            health: false,
            address: ClientAddress::peer(),
            peer: |extensions| extensions.get::<PeerAddress>().map(|peer| peer.0),
            network: None,
            limiter: None,
            observe: None,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mount_path, body_limit, upload_timeout, timeout, health, address, network, .. } = self;
        f.debug_struct("Config")
            .field("mount_path", mount_path)
            .field("body_limit", body_limit)
            .field("upload_timeout", upload_timeout)
            .field("timeout", timeout)
            .field("health", health)
            .field("address", address)
            .field("ory_network", &network.is_some())
            .finish_non_exhaustive()
    }
}
