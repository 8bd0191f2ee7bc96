//! The middleware of hooks: who is let in, and what becomes of handlers that do not answer.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::{App, HttpResponse, dev::Payload, error::PayloadError, test, web};
use futures_core::Stream;
use kratos_actix::hooks::{HookAuth, HookMiddleware, Idempotence, Migration, MigrationAnswer, Reply};

const KEY: &str = "a-key-of-22-characters";
static RAN: AtomicUsize = AtomicUsize::new(0);

#[allow(clippy::panic, reason = "a planned failure")]
async fn password(call: Migration) -> Result<Reply<MigrationAnswer>, actix_web::Error> {
    RAN.fetch_add(1, Ordering::Relaxed);
    match call.identifier.expose_secret() {
        "match" => Ok(Reply(MigrationAnswer::Match)),
        "panic" => panic!("planned"),
        "hang" => std::future::pending().await,
        _ => Err(actix_web::error::ErrorInternalServerError("the database is down")),
    }
}

/// A body that panics if it is read.
struct Unread;

impl Stream for Unread {
    type Item = Result<web::Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        unreachable!("the body was read before the caller was proven")
    }
}

#[actix_web::test]
async fn every_end_of_a_handler_is_an_answer() {
    let auth = HookAuth::api_key_header("x-key", KEY).unwrap();
    let guard = HookMiddleware::new(auth).with_timeout(Duration::from_millis(50)).with_body_limit(100);
    let guard = guard.with_idempotence(Idempotence::new());
    // A scope of routes: actix-web routes the request once more inside the middleware.
    let hooks = web::scope("/hooks")
        .route("/password", web::post().to(password))
        .route("/other", web::post().to(async || HttpResponse::Ok().body("no answer")))
        .wrap(guard);
    let app = test::init_service(App::new().service(hooks)).await;
    let long = "x".repeat(200);
    for (path, identifier, key, status) in [
        ("password", "match", KEY, 200),
        ("password", "match", "another-key-of-22-char", 401),
        ("password", "fail", KEY, 400),
        ("password", "panic", KEY, 400),
        ("password", "hang", KEY, 400),
        ("password", long.as_str(), KEY, 400),
        ("other", "match", KEY, 400),
        ("nothing", "match", KEY, 400),
    ] {
        let body = serde_json::json!({"identifier": identifier, "password": "x"});
        let request = test::TestRequest::post().uri(&format!("/hooks/{path}")).insert_header(("x-key", key));
        let request = request.set_payload(body.to_string()).to_request();
        let answer = match test::try_call_service(&app, request).await {
            Ok(response) => response.into_parts().1,
            Err(error) => error.error_response().map_into_boxed_body(),
        };
        assert_eq!(answer.status().as_u16(), status, "{path} {identifier}");
        assert!(answer.headers().get("retry-after").is_none());
    }
    // The body of an unproven caller is not read.
    let request = test::TestRequest::post().uri("/hooks/password").to_request();
    let unread: Pin<Box<dyn Stream<Item = _>>> = Box::pin(Unread);
    let (request, _) = request.replace_payload(Payload::from(unread));
    assert_eq!(test::call_service(&app, request).await.status().as_u16(), 401);
    let before = RAN.load(Ordering::Relaxed);
    for _ in 0..2 {
        let request = test::TestRequest::post()
            .uri("/hooks/password")
            .insert_header(("x-key", KEY))
            .insert_header(("ory-webhook-trigger-id", "74ef89a6-80da-4ce1-b7be-895e4bd7a5e2"))
            .set_payload(r#"{"identifier":"match","password":"x"}"#)
            .to_request();
        let status = match test::try_call_service(&app, request).await {
            Ok(response) => response.status(),
            Err(error) => error.error_response().status(),
        };
        assert_eq!(status.as_u16(), 200);
    }
    assert_eq!(RAN.load(Ordering::Relaxed), before + 1, "the second call got the remembered answer");
}
