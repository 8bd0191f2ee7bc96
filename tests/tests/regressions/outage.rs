//! A failing Kratos closes every guard with 503 and signs no user out. (Other crates answer 401, 403 or 500, or call
//! the handler as if the request were anonymous.)

use crate::app::{GUARDED, PATIENCE, Told, api, app, ask, call, page, stage};
use axum::Router;
use axum::body::Body;
use kratos_core::policy::{Refusal, RefusalReason};
use kratos_testkit::{Fault, TestKratos, TestSession};
use std::time::{Duration, Instant};

fn assert_unavailable(told: &Told, what: &str) {
    assert_eq!((told.status, told.id().as_str()), (503, "session_unavailable"), "{what}: {}", told.body);
    assert!(told.location().is_none(), "{what}: redirected to login");
    assert!(told.cookies().is_empty(), "{what}: a cookie changed");
    let refusal = told.extensions.get::<Refusal>().expect("the reason");
    assert_eq!(refusal.reason(), RefusalReason::Unavailable, "{what}");
}

async fn assert_shut(app: &Router, session: &TestSession, what: &str) {
    for path in GUARDED.iter().chain(&["/everything", "/login"]) {
        assert_unavailable(&call(app, api(path, session)).await, &format!("{what}: {path}"));
        assert_unavailable(&call(app, page(path, session)).await, &format!("{what}: page {path}"));
    }
    assert_eq!(call(app, api("/open", session)).await.body, "through", "{what}: an open route stays open");
}

async fn assert_open(app: &Router, session: &TestSession, what: &str) {
    for path in GUARDED {
        assert_eq!(call(app, api(path, session)).await.status, 200, "{what}: {path}");
        assert_eq!(call(app, page(path, session)).await.status, 200, "{what}: page {path}");
    }
}

#[tokio::test]
async fn every_kind_of_outage_is_503_and_ends_with_the_outage() {
    let (kratos, app, session) = stage().await;
    assert_open(&app, &session, "before").await;
    for (what, fault) in [
        ("500", Fault::status(500)),
        ("502", Fault::status(502)),
        ("503", Fault::status(503)),
        ("504", Fault::status(504)),
        ("a dropped connection", Fault::drop_connection()),
        ("half an answer", Fault::truncated()),
        ("broken JSON", Fault::broken_json()),
        ("a proxy's page", Fault::html()),
        ("10 MB", Fault::huge(10 * 1024 * 1024)),
    ] {
        kratos.inject("/sessions/whoami", fault);
        assert_shut(&app, &session, what).await;
        kratos.clear_faults();
        // The outage is not cached: the very next request is served.
        assert_open(&app, &session, &format!("after {what}")).await;
    }
}

#[tokio::test]
async fn a_port_without_a_listener_is_503() {
    let (kratos, _, session) = stage().await;
    let address = kratos.public_url().to_owned();
    drop(kratos);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_shut(&app(&address), &session, "no listener").await;
}

#[tokio::test]
async fn a_hanging_kratos_holds_requests_no_longer_than_the_timeout() {
    let (kratos, app, session) = stage().await;
    kratos.inject("/sessions/whoami", Fault::hang());
    let start = Instant::now();
    let crowd: Vec<_> = (0..20)
        .map(|_| {
            let (app, request) = (app.clone(), api("/session", &session));
            tokio::spawn(async move { call(&app, request).await })
        })
        .collect();
    for told in crowd {
        assert_unavailable(&told.await.unwrap(), "hanging");
    }
    // Twenty requests wait concurrently: far less than one after another, on machines of any speed.
    assert!(start.elapsed() < PATIENCE * 20, "{:?}", start.elapsed());
}

#[tokio::test]
async fn one_request_calls_once_even_on_failure() {
    let (kratos, app, session) = stage().await;
    // A broken connection alone is retried, once and on a new connection.
    for (fault, calls) in [(Fault::status(500), 1), (Fault::drop_connection(), 2)] {
        kratos.inject("/sessions/whoami", fault);
        kratos.clear_requests();
        assert_eq!(call(&app, api("/everything", &session)).await.status, 503);
        assert_eq!(kratos.count("/sessions/whoami"), calls, "the failure is kept for the request");
    }
}

#[tokio::test]
async fn a_rate_limit_is_429_with_retry_after() {
    let (kratos, app, session) = stage().await;
    kratos.inject("/sessions/whoami", Fault::rate_limited(Duration::from_secs(7)));
    for path in GUARDED {
        for request in [api(path, &session), page(path, &session)] {
            let told = call(&app, request).await;
            assert_eq!((told.status, told.id().as_str()), (429, "rate_limited"), "{path}: {}", told.body);
            assert_eq!(told.headers["retry-after"], "7");
        }
    }
}

#[tokio::test]
async fn a_proxys_response_is_not_kratos_response() {
    let page = "<!doctype html><title>401 Authorization Required</title>";
    for status in [401, 403] {
        let kratos = crate::models::stub(status, page.to_owned()).await;
        let app = app(&kratos);
        let request = ask("GET", "/maybe").header("cookie", "ory_kratos_session=MTcwNDA2");
        let told = call(&app, request.body(Body::empty()).unwrap()).await;
        assert_unavailable(&told, "a password prompt before Kratos");
    }
}

#[tokio::test]
async fn a_redirect_of_whoami_is_a_misconfiguration_and_is_not_followed() {
    let other = TestKratos::start().await.unwrap();
    let (kratos, app, session) = stage().await;
    kratos.inject("/sessions/whoami", Fault::redirect(format!("{}/sessions/whoami", other.public_url())));
    for path in GUARDED {
        let told = call(&app, api(path, &session)).await;
        assert_eq!(
            (told.status, told.id().as_str()),
            (500, "invalid_configuration"),
            "{path}: {}",
            told.body
        );
    }
    assert!(other.requests().is_empty(), "the credential was sent to no other server");
}

#[tokio::test]
async fn no_unnecessary_calls() {
    let (kratos, app, session) = stage().await;
    call(&app, api("/open", &session)).await;
    call(&app, page("/open", &session)).await;
    for path in GUARDED {
        call(&app, ask("GET", path).body(Body::empty()).unwrap()).await;
    }
    assert!(kratos.requests().is_empty(), "an open route and a request without a credential cost no call");
    assert_eq!(call(&app, api("/everything", &session)).await.body, "signed in");
    assert_eq!(kratos.requests().len(), 1, "layers and arguments together cost one");
}
