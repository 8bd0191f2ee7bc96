use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::Request;
use parking_lot::Mutex;
use tower_service::Service;

use super::state::{Config, Hook, Hydra};
use super::{TestHydra, admin_routes, public_routes};
use crate::clock::Clock;
use crate::error::StartError;
use crate::serve;

/// The settings of a [`TestHydra`]. `Debug` shows no key.
#[derive(Clone)]
#[must_use = "call `start` to start the server"]
pub struct TestHydraBuilder {
    app: String,
    ports: (u16, u16),
    host: &'static str,
    request_ttl: Duration,
    token_hook: Option<Hook>,
    refresh_hook: Option<Hook>,
}

impl TestHydra {
    /// Returns the settings of a provider whose pages are at this URL: `/login`, `/registration`, and below `/oauth2/` the paths
    /// `consent`, `logout`, `error`, `device` and `device/success`. After a logout without another target browsers go to its root.
    pub fn builder(app_url: impl AsRef<str>) -> TestHydraBuilder {
        TestHydraBuilder {
            app: app_url.as_ref().trim_end_matches('/').to_owned(),
            ports: (0, 0),
            host: "127.0.0.1",
            request_ttl: Duration::from_secs(3600),
            token_hook: None,
            refresh_hook: None,
        }
    }
}

impl fmt::Debug for TestHydraBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestHydraBuilder")
            .field("app", &self.app)
            .field("ports", &self.ports)
            .field("request_ttl", &self.request_ttl)
            .finish_non_exhaustive()
    }
}

impl TestHydraBuilder {
    /// Sets the ports on 127.0.0.1; 0 (the default) selects a free one.
    pub fn with_ports(mut self, public: u16, admin: u16) -> Self {
        self.ports = (public, admin);
        self
    }

    /// Uses the host `localhost` in the server's URLs; it still listens on 127.0.0.1 only.
    pub fn with_localhost_name(mut self) -> Self {
        self.host = "localhost";
        self
    }

    /// Sets `ttl.login_consent_request`: how long a challenge can be answered. One hour by default, by the [`Clock`].
    pub fn with_request_ttl(mut self, ttl: Duration) -> Self {
        self.request_ttl = ttl;
        self
    }

    /// Sets `oauth2.token_hook`: a URL that is called before tokens are issued, with an API key in this header. None by default.
    pub fn with_token_hook(
        mut self,
        url: impl Into<String>,
        header: impl Into<String>,
        key: impl Into<String>,
    ) -> Self {
        self.token_hook = Some(Hook { url: url.into(), header: header.into(), key: key.into() });
        self
    }

    /// Sets `oauth2.refresh_token_hook`, the older hook: a URL that is called before tokens are refreshed, and before the token
    /// hook, with an API key in this header. None by default.
    pub fn with_refresh_token_hook(
        mut self,
        url: impl Into<String>,
        header: impl Into<String>,
        key: impl Into<String>,
    ) -> Self {
        self.refresh_hook = Some(Hook { url: url.into(), header: header.into(), key: key.into() });
        self
    }

    /// Starts the server. It stops when the handle is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if a port of 127.0.0.1 cannot be bound.
    pub async fn start(self) -> Result<TestHydra, StartError> {
        let (public, public_address) = serve::bind(self.ports.0).await?;
        let (admin, admin_address) = serve::bind(self.ports.1).await?;
        let url = |port: u16| format!("http://{}:{port}", self.host);
        let (public_url, admin_url) = (url(public_address.port()), url(admin_address.port()));
        let clock = Clock::default();
        let config = Config {
            app: self.app,
            public_url: public_url.clone(),
            request_ttl: self.request_ttl,
            token_hook: self.token_hook,
            refresh_hook: self.refresh_hook,
        };
        let state = Arc::new(Mutex::new(Hydra::new(config, clock.clone())));
        let answering = |router: axum::Router| move |request: Request<Body>| router.clone().call(request);
        let listening = [
            serve::listen(public, answering(public_routes(Arc::clone(&state)))),
            serve::listen(admin, answering(admin_routes(Arc::clone(&state)))),
        ];
        Ok(TestHydra { public_url, admin_url, state, clock, _listening: listening })
    }
}
