//! The single sign-on provider of the suites: the testkit's, which accepts any email address.
//!
//! Each testkit has one of its own. For the servers of the lab, one listens at the issuer that they are configured with, until the
//! process ends.

use std::time::Duration;

use kratos_testkit::TestSsoProvider;
use tokio::sync::OnceCell;

use crate::http::{Answer, client};
use crate::lab::Server;

/// The issuer for the servers of the lab, which is also the address that it listens on.
#[must_use]
pub fn issuer() -> &'static str {
    static ISSUER: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    ISSUER.get_or_init(crate::lab::oidc_issuer)
}

/// The issuer for this server.
#[must_use]
pub fn issuer_for(server: &Server) -> &str {
    server.testkit.as_ref().and_then(|kratos| kratos.sso_url()).unwrap_or_else(|| issuer())
}

/// Starts the provider of this server, unless it is a testkit, which has its own.
///
/// # Panics
/// As [`start`].
pub async fn start_for(server: &Server) {
    if server.testkit.is_none() {
        start().await;
    }
}

/// Starts the lab's provider once. Waits for the port, which another suite may hold.
///
/// # Panics
/// If the port stays in use.
pub async fn start() {
    static STARTED: OnceCell<TestSsoProvider> = OnceCell::const_new();
    STARTED.get_or_init(listen).await;
}

async fn listen() -> TestSsoProvider {
    let port = url::Url::parse(issuer()).ok().and_then(|url| url.port()).expect("a port");
    for _ in 0..600 {
        // On the runtime that lives as long as the process.
        let started = crate::lab::runtime().spawn(TestSsoProvider::start(port)).await;
        if let Ok(provider) = started.expect("no panic") {
            return provider;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} is taken", issuer());
}

/// Sends the provider's form at this URL, with an address or, without one, to cancel. Returns where the browser goes on.
///
/// # Panics
/// If the provider does not redirect.
pub async fn submit(page: &str, email: Option<&str>) -> url::Url {
    let field = email.map_or(("error", "access_denied"), |email| ("email", email));
    let answer = Answer::of(client().post(page).form(&[field])).await.expect(&[303]);
    url::Url::parse(answer.location()).expect("a URL")
}

/// The authorization code for this user, and the state of the request.
///
/// # Panics
/// If the provider refuses.
pub async fn code(email: &str, authorization: &url::Url) -> (String, String) {
    let back = submit(authorization.as_str(), Some(email)).await;
    let part = |name| parameter(&back, name).expect("the provider's answer");
    (part("code"), part("state"))
}

/// A query parameter of a URL.
#[must_use]
pub fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
