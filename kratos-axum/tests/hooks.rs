//! Who reaches a hook, and what a request that cannot be used is answered.

#![cfg(feature = "hooks")]
#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

use axum::{Router, body::Body, routing::post};
use http::{Request, StatusCode};
use kratos_axum::hooks::{HookAuth, HookLayer, Migration, MigrationAnswer, Reply};
use tower::ServiceExt as _;

const KEY: &str = "a-key-of-22-characters";

async fn password(call: Migration) -> Reply<MigrationAnswer> {
    let is_right = call.password.expose_secret() == "right";
    Reply(if is_right { MigrationAnswer::Match } else { MigrationAnswer::NoMatch })
}

async fn status(app: &Router, key: &str, body: impl Into<Body>) -> StatusCode {
    let request = Request::post("/hooks/password").header("x-key", key).body(body.into()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    assert!(response.headers().get("retry-after").is_none());
    response.status()
}

/// A body that panics if it is read.
fn unread() -> Body {
    Body::from_stream(futures_util::stream::poll_fn(
        |_| -> std::task::Poll<Option<Result<&str, std::io::Error>>> {
            unreachable!("the body was read before the caller was proven")
        },
    ))
}

#[tokio::test]
async fn a_caller_is_proven_before_the_body_is_read() {
    let routes = Router::new().route("/hooks/password", post(password));
    let auth = HookAuth::api_key_header("x-key", KEY).unwrap();
    let app = routes.clone().layer(HookLayer::new(auth).with_body_limit(100));
    assert_eq!(status(&app, "another-key-of-22-char", unread()).await, 401);
    assert_eq!(status(&app, KEY, r#"{"identifier":"ada","password":"right"}"#).await, 200);
    assert_eq!(status(&app, KEY, r#"{"identifier":"ada","password":"wrong"}"#).await, 403);
    assert_eq!(status(&app, KEY, r#"{"identifier":"ada"}"#).await, 400);
    assert_eq!(status(&app, KEY, "x".repeat(101)).await, 400);
    // Without the layer no handler runs.
    assert_eq!(status(&routes, KEY, r#"{"identifier":"ada","password":"right"}"#).await, 400);
}
