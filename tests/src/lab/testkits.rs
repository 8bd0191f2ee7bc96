//! The testkits of the suites.

use std::sync::{Arc, OnceLock};

use kratos_testkit::{TestKratosBuilder, TestRelease};

use super::{Mailbox, Server, runtime};
use crate::gateway;

/// The names of the configurations that a lab's servers have.
pub const PROFILES: [&str; 2] = ["plain", "strict"];

/// Starts a testkit with one of [`PROFILES`] for an application at this URL. It stops when dropped.
///
/// # Panics
/// If the configuration is unknown, or no loopback port is free.
pub async fn testkit(profile: &str, app: &str) -> Server {
    start(profile, configured(profile, app), app).await
}

/// As [`testkit`], for an application that serves the public API itself at this URL, which is the server's base URL.
///
/// # Panics
/// As [`testkit`].
pub async fn testkit_with_base_url(profile: &str, app: &str, base_url: &str) -> Server {
    let server = start(profile, configured(profile, app).with_base_url(base_url), app).await;
    Server { own_public_url: base_url.to_owned(), ..server }
}

fn configured(profile: &str, app: &str) -> TestKratosBuilder {
    match profile {
        "plain" => TestKratosBuilder::plain(app),
        "strict" => TestKratosBuilder::strict(app),
        _ => panic!("no configuration is called {profile}"),
    }
}

/// A testkit of the configuration `plain` behind a gateway, by which alone its public API is used.
pub(super) async fn behind_gateway(app: &str) -> Server {
    let port = gateway::Port::bind(0).await;
    let mut server = start("plain", TestKratosBuilder::plain(app).with_base_url(port.url()), app).await;
    let url = port.url();
    port.serve(&server.public_url);
    "testkit-gateway".clone_into(&mut server.name);
    server.public_url.clone_from(&url);
    server.own_public_url.clone_from(&url);
    server.gateway = Some(url);
    server
}

/// A testkit of the configuration `plain` with the behaviour of Kratos' newest sources.
pub(super) async fn latest(app: &str) -> Server {
    let builder = TestKratosBuilder::plain(app).with_release(TestRelease::Latest);
    let server = start("plain", builder, app).await;
    Server { name: "testkit-latest".to_owned(), version: "HEAD".to_owned(), ..server }
}

async fn start(profile: &str, builder: TestKratosBuilder, app: &str) -> Server {
    let mailbox = std::env::temp_dir().join(format!("testkit-mail-{}.jsonl", uuid::Uuid::new_v4()));
    std::fs::write(&mailbox, "").expect("a mailbox");
    let kratos = builder.with_mailbox_file(&mailbox).start().await.expect("a testkit");
    Server {
        name: format!("testkit-{profile}"),
        version: "26.2.0".to_owned(),
        profile: profile.to_owned(),
        public_url: kratos.public_url().to_owned(),
        admin_url: kratos.admin_url().to_owned(),
        admin_prefix: "/admin".to_owned(),
        schema_id: "person".to_owned(),
        token_template: Some("jwt".to_owned()),
        jwks: format!("{}/.well-known/jwks.json", kratos.public_url()),
        app_url: app.to_owned(),
        mailbox: Mailbox(mailbox),
        own_public_url: kratos.public_url().to_owned(),
        own_admin_url: kratos.admin_url().to_owned(),
        testkit: Some(Arc::new(kratos)),
        process: None,
        gateway: None,
    }
}

/// The application's URL on the testkits.
pub(super) const APP: &str = "http://localhost:4455";

/// Two testkits with the configurations of a lab's servers, used through their URLs and mailbox alone.
/// They live as long as the process.
///
/// # Panics
/// If no loopback port is free.
pub fn testkits() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        // On a separate thread: a runtime cannot be entered from within another.
        let start = |profile| move || runtime().block_on(testkit(profile, APP));
        PROFILES.map(|profile| std::thread::spawn(start(profile)).join().expect("no panic")).into()
    })
}
