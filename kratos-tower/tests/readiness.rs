//! The service that was polled ready is the one that is called, under every layer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{convert::Infallible, sync::Arc};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Empty;
use kratos_core::{model::Session, resolve::StaticResolver};
use kratos_tower::{KratosLayer, RequireLayer};
use tokio::sync::Semaphore;
use tower::{Layer as _, Service as _, ServiceBuilder, ServiceExt as _, limit::ConcurrencyLimit, service_fn};
use uuid::Uuid;

async fn handler(_: Request<()>) -> Result<Response<Empty<Bytes>>, Infallible> {
    Ok(Response::new(Empty::new()))
}

fn request() -> Request<()> {
    Request::builder().header("cookie", "ory_kratos_session=MTcw").body(()).unwrap()
}

fn sessions() -> KratosLayer {
    KratosLayer::new(StaticResolver::active(Session::new(Uuid::nil())))
}

/// A `ConcurrencyLimit` panics when a service is called that was not polled ready.
#[tokio::test]
async fn a_concurrency_limit_stands_everywhere() {
    let mut service = ServiceBuilder::new()
        .concurrency_limit(1)
        .layer(sessions())
        .concurrency_limit(1)
        .layer(RequireLayer::signed_in())
        .concurrency_limit(1)
        .layer(RequireLayer::predicate(|_| true))
        .concurrency_limit(1)
        .service(service_fn(handler));
    for _ in 0..3 {
        let response = service.ready().await.unwrap().call(request()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_missing_layer_is_a_500_that_names_the_fix() {
    let service = ServiceBuilder::new().layer(RequireLayer::signed_in()).service(service_fn(handler));
    let response = service.oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let refusal = response.extensions().get::<kratos_core::policy::Refusal>().unwrap();
    assert!(refusal.explanation().contains("KratosLayer"), "{refusal}");
}

/// A refused request does not keep what the inner service reserved by becoming ready.
#[tokio::test]
async fn a_refused_request_releases_its_permit() {
    let limit = Arc::new(Semaphore::new(1));
    let inner = ConcurrencyLimit::with_semaphore(service_fn(handler), Arc::clone(&limit));
    // The first guard refuses at once, since the request carries no credential; the second after a resolution.
    for (guard, cookie) in [
        (RequireLayer::signed_in(), None),
        (RequireLayer::predicate(|_| false), Some("ory_kratos_session=MTcw")),
    ] {
        let mut service = guard.layer(inner.clone());
        let layer = KratosLayer::new(StaticResolver::active(Session::new(Uuid::nil())));
        let request =
            cookie.into_iter().fold(Request::builder(), |request, cookie| request.header("cookie", cookie));
        // The session of a request, as the layer inserts it.
        let (sent, received) = std::sync::mpsc::channel();
        let inserted = layer.layer(service_fn(move |request: Request<()>| {
            sent.send(request).unwrap();
            handler(Request::new(()))
        }));
        inserted.oneshot(request.body(()).unwrap()).await.unwrap();

        service.ready().await.unwrap();
        assert_eq!(limit.available_permits(), 0, "the inner service is ready");
        let response = service.call(received.recv().unwrap()).await.unwrap();
        assert!(response.status().is_client_error(), "{}", response.status());
        assert_eq!(limit.available_permits(), 1, "the service is kept, and not polled again");
        drop(service);
    }
}
