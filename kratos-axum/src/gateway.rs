//! Kratos' public API below a path of the application's own origin: see [`Gateway`].
//!
//! ```
//! use axum::Router;
//! use kratos_axum::{Kratos, gateway};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://127.0.0.1:4433")?
//!     .with_app("https://example.org")?
//!     .with_browser_url("https://example.org/.ory/kratos")?;
//! let app: Router = Router::new().nest_service("/.ory/kratos", gateway::service(&kratos)?);
//! # Ok(())
//! # }
//! ```

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::Extensions;
use kratos_core::{ConfigError, Kratos};

pub use kratos_tower::gateway::*;

/// Returns the [`Gateway`] of this [`Kratos`], for `Router::nest_service`. It takes the peer's address from axum's
/// `ConnectInfo<SocketAddr>`: serve the application by `into_make_service_with_connect_info::<SocketAddr>()`.
///
/// # Errors
/// As for [`Gateway::new`].
pub fn service(kratos: &Kratos) -> Result<Gateway, ConfigError> {
    Ok(Gateway::new(kratos)?.with_peer_address(peer))
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let connected = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    connected.or_else(|| extensions.get::<PeerAddress>().map(|peer| peer.0))
}
