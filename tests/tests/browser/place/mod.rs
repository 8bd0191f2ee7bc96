//! The environment of a walk: an example application, run as a program, and its Kratos.

mod program;

use std::time::Duration;

use kratos_tests::lab::{self, Server};
use kratos_tests::provider;
use time::OffsetDateTime;
use tokio::sync::{Mutex, MutexGuard};

pub(crate) use program::Program;

/// The examples.
pub(crate) const EXAMPLES: [&str; 2] = ["axum-selfservice", "actix-selfservice"];

/// The source of a place's Kratos.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// A new testkit for every walk, with the configuration of this one.
    TestkitLike(&'static Server),
    /// A server of `KRATOS_LAB`.
    Lab(&'static Server),
}

impl Source {
    /// The server, or one of the same configuration.
    pub(crate) fn server(self) -> &'static Server {
        let (Self::TestkitLike(server) | Self::Lab(server)) = self;
        server
    }
}

/// A running example and its Kratos. Dropping it stops both, except a server of the lab.
#[derive(Debug)]
pub(crate) struct Place {
    /// The URL of the application for browsers.
    pub(crate) app: String,
    server: Option<Server>,
    _program: Program,
    _turn: Option<MutexGuard<'static, ()>>,
}

/// The lab's servers redirect to one address, so only one walk at a time can run there.
static TURN: Mutex<()> = Mutex::const_new(());

impl Place {
    /// Starts the example and its Kratos.
    pub(crate) async fn start(example: &str, source: Source) -> Self {
        match source {
            Source::TestkitLike(server) => {
                let app = free_address().await;
                // The example serves the public API itself.
                let base_url = format!("{app}{}", kratos_tests::gateway::MOUNT_PATH);
                let server = lab::testkit_with_base_url(&server.profile, &app, &base_url).await;
                // Nothing expires because of a slow machine.
                server.testkit.as_ref().expect("a testkit").clock().stop();
                Self::before(example, app, Some(server), None).await
            }
            Source::Lab(server) => {
                let turn = TURN.lock().await;
                Self::before(example, server.app_url.clone(), Some(server.clone()), Some(turn)).await
            }
        }
    }

    /// Starts an example without a Kratos; it starts its own.
    pub(crate) async fn alone(example: &str) -> Self {
        Self::before(example, free_address().await, None, None).await
    }

    async fn before(
        example: &str,
        app: String,
        server: Option<Server>,
        turn: Option<MutexGuard<'static, ()>>,
    ) -> Self {
        let port = url::Url::parse(&app).expect("an address").port().expect("a port");
        let mut settings = vec![("LISTEN", format!("127.0.0.1:{port}"))];
        if let Some(server) = &server {
            settings.push(("APP_URL", app.clone()));
            settings.push(("KRATOS_PUBLIC_URL", server.public_url.clone()));
            settings.push(("KRATOS_BROWSER_URL", server.browser_url().to_owned()));
            settings.push(("KRATOS_ADMIN_URL", server.admin_url.clone()));
            settings.push(("FORM_TARGETS", provider::issuer_for(server).to_owned()));
        }
        let program = Program::start(example, &settings).await;
        Self { app, server, _program: program, _turn: turn }
    }

    /// The Kratos. A walk on the example's own testkit has none.
    pub(crate) fn server(&self) -> &Server {
        self.server.as_ref().expect("a server of the suite")
    }

    /// Advances the time: the testkit's clock, or, on a real server, by waiting.
    pub(crate) async fn pass(&self, time: Duration) {
        match &self.server().testkit {
            Some(kratos) => kratos.clock().advance(time),
            None => tokio::time::sleep(time).await,
        }
    }

    /// The server's time.
    pub(crate) fn now(&self) -> OffsetDateTime {
        self.server().testkit.as_ref().map_or_else(OffsetDateTime::now_utc, |kratos| kratos.clock().now())
    }
}

/// A loopback URL of a free port. If another process takes the port first, the example fails to start and says
/// so.
async fn free_address() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("http://localhost:{}", listener.local_addr().expect("its address").port())
}
