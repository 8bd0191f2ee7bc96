//! A gateway in front of a server: the suites then reach the public API as a browser does below the application's origin.

use std::net::{Ipv4Addr, SocketAddr};

use kratos_axum::{Kratos, gateway};
use tokio::net::TcpListener;

/// Where the gateway is mounted.
pub const MOUNT_PATH: &str = "/.ory/kratos";

/// A port for a gateway, whose URL a server can be configured with before the gateway starts.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    origin: String,
}

impl Port {
    /// Binds a port on loopback; 0 selects a free one.
    ///
    /// # Panics
    /// If it is not free.
    pub async fn bind(port: u16) -> Self {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.expect("a free port for the gateway");
        let port = listener.local_addr().expect("an address").port();
        Self { listener, origin: format!("http://localhost:{port}") }
    }

    /// The URL of the gateway, to be the server's `serve.public.base_url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{MOUNT_PATH}", self.origin)
    }

    /// Serves the gateway before the server at `public_url`, as long as the runtime lives.
    ///
    /// # Panics
    /// If the URLs make no gateway.
    pub fn serve(self, public_url: &str) {
        let kratos = Kratos::new(public_url)
            .and_then(|kratos| kratos.with_app(&self.origin))
            .and_then(|kratos| kratos.with_browser_url(&self.url()))
            .expect("a server")
            // So that sessions are looked up and dropped.
            .with_cache(std::time::Duration::from_secs(60));
        let gateway = gateway::service(&kratos).expect("a gateway").with_health();
        let app = axum::Router::new().nest_service(MOUNT_PATH, gateway);
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(self.listener, app).await });
    }
}
