//! The service that was polled ready is the one that is called, under every layer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Empty;
use kratos_core::{model::Session, resolve::StaticResolver};
use kratos_tower::{KratosLayer, RequireLayer};
use tower::{Service as _, ServiceBuilder, ServiceExt as _, service_fn};
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
