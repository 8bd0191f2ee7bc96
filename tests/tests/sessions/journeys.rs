//! From a page to Kratos and back, as a browser navigates.

use crate::app::scenarios;
use crate::app::{App, FRESH, Site};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::Server;
use kratos_tests::suite::Scenario;
use serde_json::Value;
use std::time::Duration;

pub(crate) const ALL: &[Scenario] = scenarios![
    login: "a page redirects to login, and login returns to it", [];
    second_factor: "a page redirects to the second factor, which returns to it", [SecondFactor];
    refresh: "a page redirects to a refresh, which returns to it", [];
];

/// Follows the application's redirect to Kratos and reads the flow at its redirect target.
async fn follow(server: &Server, jar: &mut Jar, led: &Answer, kind: &str) -> Value {
    let open = client().get(led.location()).header("accept", "text/html");
    let opened = jar.send(open).await.expect(&[302, 303]);
    server.flow_at(jar, kind, opened.location()).await
}

async fn login(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar) = (App::of(server).await, Jar::default());
    let path = "/me?tab=1&q=a%20b";
    let led = app.page(path, &mut jar).await;
    let flow = follow(server, &mut jar, &led, "login").await;
    let done = ada.submit_password_form(&mut jar, &flow).await;
    assert_eq!(done.location(), app.return_to(path), "{done:?}");
    assert_eq!(app.page(path, &mut jar).await.body, ada.identity_id.to_string());
}

async fn second_factor(server: &Site) {
    let ada = server.sign_up_with_totp().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    let led = app.page("/vault?door=2", &mut jar).await;
    let flow = follow(server, &mut jar, &led, "login").await;
    let done = ada.submit_totp_form(&mut jar, &flow).await;
    assert_eq!(done.location(), app.return_to("/vault?door=2"), "{done:?}");
    assert_eq!(app.page("/vault?door=2", &mut jar).await.body, "aal2");

    let bob = server.sign_up().await;
    let mut jar = bob.browser().await;
    let led = app.page("/vault", &mut jar).await;
    let flow = follow(server, &mut jar, &led, "settings").await;
    let nodes = flow["ui"]["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["group"] == "totp"), "where TOTP can be enrolled");
}

async fn refresh(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    tokio::time::sleep(FRESH + Duration::from_millis(200)).await;
    let led = app.page("/fresh", &mut jar).await;
    let flow = follow(server, &mut jar, &led, "login").await;
    let done = ada.submit_password_form(&mut jar, &flow).await;
    assert_eq!(done.location(), app.return_to("/fresh"), "{done:?}");
    assert_eq!(app.page("/fresh", &mut jar).await.body, "fresh");
}
