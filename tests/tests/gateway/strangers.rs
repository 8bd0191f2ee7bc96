//! One caller does not pay for another: forms of strangers leave the cache entries of other users.

use std::time::Duration;

use axum::Router;
use http::{Request, StatusCode};
use kratos_axum::{Identity, Kratos, KratosLayer, gateway};
use kratos_testkit::{TestKratos, call, call_with_body};

fn app(server: &TestKratos) -> Router {
    let kratos = Kratos::new(server.public_url()).unwrap().with_cache(Duration::from_secs(3600));
    let gateway = gateway::service(&kratos).unwrap();
    Router::new()
        .route("/me", axum::routing::get(async |user: Identity| user.id.to_string()))
        .layer(KratosLayer::new(kratos))
        .nest_service("/.ory/kratos", gateway)
}

async fn is_signed_in(app: &Router, header: (&str, &str)) -> bool {
    call(app, Request::get("/me").header(header.0, header.1)).await.status == StatusCode::OK
}

/// Submits a settings form as a page does.
async fn submit(app: &Router, cookie: &str) -> StatusCode {
    let form = Request::post("/.ory/kratos/self-service/settings?flow=00000000-0000-4000-8000-000000000000")
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    call_with_body(app, form, "method=profile&traits.email=eve%40example.org").await.status
}

#[tokio::test]
async fn a_thousand_forms_of_strangers_drop_nobody_elses_entries() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let users: Vec<_> = (0..10).map(|user| server.sign_in(&format!("user{user}@example.org"))).collect();
    for user in &users {
        assert!(is_signed_in(&app, ("cookie", user.cookie())).await);
    }
    let eve = server.identity("eve@example.org").create();
    for round in 0..500 {
        let made_up = format!("ory_kratos_session=made-up-{round}");
        // Her session is never cached: no guard has met it.
        let valid = server.session(&eve).create();
        for cookie in [made_up.as_str(), valid.cookie()] {
            assert!(submit(&app, cookie).await.is_redirection());
        }
    }
    let asked = server.count("/sessions/whoami");
    for user in &users {
        assert!(is_signed_in(&app, ("cookie", user.cookie())).await);
    }
    assert_eq!(server.count("/sessions/whoami"), asked, "every user is still cached");
}

#[tokio::test]
async fn a_session_ended_by_a_credential_that_no_guard_met_is_not_served_by_another() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let ada = server.identity("ada@example.org").create();
    for path in ["/self-service/logout", "/sessions"] {
        let [phone, laptop] = [(); 2].map(|()| server.session(&ada).create());
        let by_token = ("x-session-token", laptop.session_token());
        assert!(is_signed_in(&app, by_token).await && is_signed_in(&app, ("cookie", phone.cookie())).await);
        let ended = if path == "/sessions" {
            let end = Request::delete("/.ory/kratos/sessions").header("cookie", phone.cookie());
            call(&app, end).await.status == StatusCode::OK
        } else {
            let start =
                Request::get("/.ory/kratos/self-service/logout/browser").header("cookie", laptop.cookie());
            let url = call(&app, start).await.json()["logout_url"].as_str().unwrap().to_owned();
            let path = url.strip_prefix(server.public_url()).unwrap();
            let end = Request::get(format!("/.ory/kratos{path}")).header("cookie", laptop.cookie());
            call(&app, end).await.status.is_redirection()
        };
        assert!(ended, "{path}");
        assert!(!is_signed_in(&app, by_token).await, "{path}: the entry of the token was dropped");
    }
}

#[tokio::test]
async fn a_form_is_not_sent_while_kratos_does_not_tell_whose_it_is() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let ada = server.sign_in("ada@example.org");
    server.inject("/sessions/whoami", kratos_testkit::Fault::status(500));
    assert_eq!(submit(&app, ada.cookie()).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(server.count("/self-service/settings"), 0);
}
