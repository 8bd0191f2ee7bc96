//! An upstream that fails, with a valid credential.

use crate::app::scenarios;
use crate::app::{App, Site, assert_explained, assert_refused};
use kratos_core::resolve::HttpResolver;
use kratos_tests::suite::Scenario;
use std::time::{Duration, Instant};

pub(crate) const ALL: &[Scenario] = scenarios![
    unreachable: "Kratos unreachable: 503, and routes that need no session are unaffected", [];
    slow: "Kratos slow: 503 after the timeout", [];
    admin_url: "the admin URL instead of the public one is a 500 that names the fix", [];
    wrong_prefix: "a wrong path prefix is a 500 that names the fix", [];
];

async fn assert_shut(app: &App, token: &str, status: u16, id: &str) {
    let credential = [("x-session-token", token)];
    for path in ["/me", "/maybe", "/session", "/vault", "/fresh", "/verified", "/login"] {
        assert_refused(&app.get(path, &credential).await, status, id);
    }
    assert_eq!(app.get("/open", &credential).await.body, "open", "an open route does not call Kratos");
    assert_eq!(app.get("/maybe", &[]).await.body, "anonymous", "no call without a credential");
    assert_refused(&app.get("/me", &[]).await, 401, "session_inactive");
}

async fn unreachable(server: &Site) {
    let ada = server.sign_up().await;
    let (token, mut jar) = (ada.token().await, ada.browser().await);
    // The discard port has no listener. A port that was free a moment ago may belong to another scenario now.
    let app = App::asking(server, HttpResolver::new("http://127.0.0.1:9").unwrap()).await;
    assert_shut(&app, &token, 503, "session_unavailable").await;
    let page = app.page("/me", &mut jar).await;
    assert_eq!(page.status, 503, "a page is not redirected to login: {page:?}");
    assert!(page.headers.get("set-cookie").is_none(), "the user stays signed in: {page:?}");
}

async fn slow(server: &Site) {
    let ada = server.sign_up().await;
    let token = ada.token().await;
    // It accepts the connection and never answers.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((connection, _)) = listener.accept().await {
            held.push(connection);
        }
    });
    let resolver = HttpResolver::new(&format!("http://{address}")).unwrap();
    let app = App::asking(server, resolver.with_timeout(Duration::from_millis(300))).await;
    let start = Instant::now();
    assert_refused(&app.get("/me", &[("x-session-token", &token)]).await, 503, "session_unavailable");
    assert!(start.elapsed() < Duration::from_secs(10), "its own timeout applies, not the client's");
}

async fn admin_url(server: &Site) {
    let ada = server.sign_up().await;
    let token = ada.token().await;
    let app = App::asking(server, HttpResolver::new(&server.admin_url).unwrap()).await;
    assert_shut(&app, &token, 500, "invalid_configuration").await;
    let refused = app.get("/me", &[("x-session-token", &token)]).await;
    assert_explained(&refused, "public URL");
}

async fn wrong_prefix(server: &Site) {
    let ada = server.sign_up().await;
    let token = ada.token().await;
    let app = App::asking(server, HttpResolver::new(&server.public("/nowhere")).unwrap()).await;
    assert_shut(&app, &token, 500, "invalid_configuration").await;
    let refused = app.get("/me", &[("x-session-token", &token)]).await;
    assert_explained(&refused, "public URL");
}
