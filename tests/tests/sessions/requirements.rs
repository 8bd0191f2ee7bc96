//! Requirements beyond a session.

use crate::app::scenarios;
use crate::app::{App, FRESH, Site, assert_led, assert_refused};
use kratos_tests::http::{Answer, Jar};
use kratos_tests::suite::Scenario;
use reqwest::Method;
use std::time::Duration;

pub(crate) const ALL: &[Scenario] = scenarios![
    fresh: "a privileged route requires recent authentication", [];
    fresh_again: "a native app that authenticates again passes", [];
    verified: "a route that requires a verified address", [];
    signed_out: "a login page is for anonymous requests and refreshes", [];
    scripts: "scripts and htmx get a status and the URL to continue at", [];
];

async fn fresh(server: &Site) {
    let ada = server.sign_up().await;
    let app = App::of(server).await;
    let (mut jar, token) = (ada.browser().await, ada.token().await);
    assert_eq!(app.get("/fresh", &[("x-session-token", &token)]).await.body, "fresh");
    tokio::time::sleep(FRESH + Duration::from_millis(200)).await;
    let led = app.page("/fresh?a=b", &mut jar).await;
    assert_led(&led, server, "login", &[("refresh", "true"), ("return_to", &app.return_to("/fresh?a=b"))]);
    let refused = app.get("/fresh", &[("x-session-token", &token)]).await;
    assert_refused(&refused, 403, "session_refresh_required");
    assert_eq!(app.page("/me", &mut jar).await.status, 200, "an old session is still a session");
}

async fn fresh_again(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token) = (App::of(server).await, ada.token().await);
    tokio::time::sleep(FRESH + Duration::from_millis(200)).await;
    let old = app.get("/fresh", &[("x-session-token", &token)]).await;
    assert_refused(&old, 403, "session_refresh_required");
    let token = ada.refresh_token(&token).await;
    assert_eq!(app.get("/fresh", &[("x-session-token", &token)]).await.body, "fresh");
}

async fn verified(server: &Site) {
    let ada = server.sign_up().await;
    let app = App::of(server).await;
    let (mut jar, token) = (ada.browser().await, ada.token().await);
    let led = app.page("/verified", &mut jar).await;
    assert_led(&led, server, "verification", &[("return_to", &app.return_to("/verified"))]);
    let refused = app.get("/verified", &[("x-session-token", &token)]).await;
    assert_refused(&refused, 403, "session_verified_address_required");

    ada.verify_address().await;
    assert_eq!(app.get("/verified", &[("x-session-token", &token)]).await.body, "verified");
}

async fn signed_out(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    assert_eq!(app.page("/login", &mut Jar::default()).await.body, "login");
    let home = app.page("/login", &mut jar).await;
    assert_eq!((home.status.as_u16(), home.location()), (303, app.return_to("/").as_str()));
    let refused = app.get("/login", &[("cookie", &jar.header().unwrap())]).await;
    assert_refused(&refused, 400, "session_already_available");
    for query in ["refresh=true", "aal=aal2", "login_challenge=abc"] {
        assert_eq!(app.page(&format!("/login?{query}"), &mut jar).await.body, "login", "{query}");
    }
}

async fn scripts(server: &Site) {
    let app = App::of(server).await;
    let fetch = app.request(Method::GET, "/me").header("accept", "*/*").header("sec-fetch-mode", "cors");
    let refused = Answer::of(fetch).await;
    assert_refused(&refused, 401, "session_inactive");
    let to = refused.json()["redirect_browser_to"].as_str().expect("where to").to_owned();
    assert!(to.starts_with(&server.public("/self-service/login/browser")), "{to}");

    let part = app.request(Method::GET, "/me").header("hx-request", "true").header("accept", "text/html");
    let refused = Answer::of(part).await;
    assert_eq!(refused.status, 401, "{refused:?}");
    let to = refused.header("hx-redirect").expect("where to");
    assert!(to.starts_with(&server.public("/self-service/login/browser")), "{to}");

    let preflight = app.request(Method::OPTIONS, "/me").header("access-control-request-method", "GET");
    let preflight = Answer::of(preflight.header("accept", "text/html")).await;
    assert!(preflight.headers.get("location").is_none(), "{preflight:?}");
}
