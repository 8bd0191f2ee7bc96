//! Requests that were not sent, or have no answer.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::{COOKIES, OTHER, OURS, cookie, headers, visit, whoami};
use crate::{
    Kratos,
    gateway::{GatewayEventKind, GatewayOutcome, GatewayUpstream},
};

/// Kratos never had it: nothing is dropped for a caller that hangs up before, nor after a connection that failed.
#[tokio::test]
async fn a_request_that_was_not_sent_changes_nothing() {
    let server = whoami().await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
    visit(&kratos, COOKIES[1]).await;
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    let passage = || upstream.passage(&Method::DELETE, &format!("/sessions/{OTHER}"), &HeaderMap::new());
    drop(passage());
    let mut failed = passage();
    failed.sent();
    failed.not_sent();
    assert_eq!(passage().unanswered(StatusCode::BAD_GATEWAY), []);
    assert!(kratos.cached_session(&cookie(&kratos, COOKIES[1])).is_some());
    assert!(passage().may_change_sessions());
    assert!(!upstream.passage(&Method::GET, "/sessions/whoami", &HeaderMap::new()).may_change_sessions());
}

/// What was sent and has no answer may have been done.
#[tokio::test]
async fn a_request_without_an_answer_counts_as_served() {
    let server = whoami().await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
    visit(&kratos, COOKIES[0]).await;
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    let mut passage = upstream.passage(&Method::GET, "/self-service/logout", &headers(&[OURS]));
    passage.sent();
    let events = passage.unanswered(StatusCode::GATEWAY_TIMEOUT);
    assert!(kratos.cached_session(&cookie(&kratos, COOKIES[0])).is_none());
    let [event] = &*events else { panic!("{events:?}") };
    assert_eq!((event.kind, event.outcome), (GatewayEventKind::SignedOut, GatewayOutcome::Unknown));
    assert_eq!((event.status, event.session.is_some()), (StatusCode::GATEWAY_TIMEOUT, true));
    assert_eq!(passage.unanswered(StatusCode::GATEWAY_TIMEOUT), [], "once");
}

/// Kratos does what the head asks for, whatever becomes of the body: that is read before.
#[tokio::test]
async fn the_body_of_a_request_without_a_form_is_read_before_it_is_sent() {
    let kratos = Kratos::new("http://127.0.0.1:1").unwrap().with_cache(Duration::from_secs(60));
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    let revoked = format!("/sessions/{OTHER}");
    for (method, path, needs_body) in [
        (Method::DELETE, &*revoked, true),
        (Method::DELETE, "/sessions", true),
        (Method::GET, "/self-service/logout", true),
        (Method::GET, "/self-service/methods/oidc/callback/x", true),
        (Method::POST, "/self-service/methods/oidc/callback/x", false),
        (Method::POST, "/self-service/login", false),
        (Method::GET, "/sessions/whoami", false),
    ] {
        let passage = upstream.passage(&method, path, &HeaderMap::new());
        assert_eq!(passage.needs_body(), needs_body, "{method} {path}");
    }
}
