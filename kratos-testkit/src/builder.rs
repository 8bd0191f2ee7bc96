//! Settings of a server, and its start.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{Config, RequiredAal};
use crate::exchange::Port;
use crate::fault::Faults;
use crate::journal::Journal;
use crate::kratos::{Kratos, StartError};
use crate::serve;
use crate::world::World;

/// The settings of a server, made by [`Kratos::builder`]. Defaults are those of Kratos 26.2.0.
#[derive(Clone, Debug, Default)]
#[must_use = "`start` makes the server"]
pub struct Builder {
    config: Config,
    ports: (u16, u16),
}

impl Builder {
    /// `session.lifespan`; 24 hours by default.
    pub fn with_session_lifespan(mut self, lifespan: Duration) -> Self {
        self.config.session_lifespan = lifespan;
        self
    }

    /// `session.earliest_possible_extend`: how long before its end a session can be extended. The whole
    /// lifespan by default, so at any time.
    pub fn with_earliest_possible_extend(mut self, before: Duration) -> Self {
        self.config.earliest_extend = Some(before);
        self
    }

    /// `session.whoami.required_aal`; `highest_available` by default.
    pub fn with_whoami_required_aal(mut self, aal: RequiredAal) -> Self {
        self.config.whoami_aal = aal;
        self
    }

    /// `session.cookie.name`; `ory_kratos_session` by default.
    pub fn with_cookie_name(mut self, name: impl Into<String>) -> Self {
        self.config.cookie_name = name.into();
        self
    }

    /// `feature_flags.cacheable_sessions` with its longest age: whoami answers carry `Ory-Session-Cache-For`.
    /// Off by default.
    pub fn with_cacheable_sessions(mut self, at_most: Duration) -> Self {
        self.config.cacheable_for = Some(at_most);
        self
    }

    /// Where the self-service pages are: `/login`, `/error` and so on are taken under this address.
    /// `http://127.0.0.1:4455` by default.
    pub fn with_app_url(mut self, url: impl AsRef<str>) -> Self {
        self.config.app = url.as_ref().trim_end_matches('/').to_owned();
        self
    }

    /// Fixed ports on 127.0.0.1 instead of free ones.
    pub fn with_ports(mut self, public: u16, admin: u16) -> Self {
        self.ports = (public, admin);
        self
    }

    /// Starts the server; it lives as long as the handle.
    ///
    /// # Errors
    ///
    /// When a port of 127.0.0.1 cannot be bound.
    pub async fn start(self) -> Result<Kratos, StartError> {
        let (public, public_address) = serve::bind(self.ports.0).await?;
        let (admin, admin_address) = serve::bind(self.ports.1).await?;
        let (public_url, admin_url) = (format!("http://{public_address}"), format!("http://{admin_address}"));
        let clock = Clock::default();
        let mut kratos = Kratos {
            world: Arc::new(Mutex::new(World::new(self.config, clock.clone(), public_url.clone()))),
            public_url,
            admin_url,
            clock,
            faults: Faults::default(),
            journal: Journal::default(),
            listening: Vec::new(),
        };
        let public = serve::listen(public, kratos.service(Port::Public));
        let admin = serve::listen(admin, kratos.service(Port::Admin));
        kratos.listening.extend([public, admin]);
        Ok(kratos)
    }
}
