//! Layers: readiness, and behaviour without them.

use crate::app::{GUARDED, api, app, ask, call, read, routes, stage};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, Response};
use kratos_axum::{KratosLayer, RequireLayer};
use kratos_core::policy::Refusal;
use kratos_core::resolve::HttpResolver;
use kratos_testkit::TestSession;
use std::convert::Infallible;
use tower::limit::ConcurrencyLimitLayer;
use tower::{Service, ServiceBuilder, ServiceExt as _, service_fn};

/// Calls a service as a server does: one handle, made ready each time, several calls in flight.
/// (Other crates call a clone that was never ready, and `ConcurrencyLimit` panics.)
async fn drive<S>(mut service: S, session: &TestSession)
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    for _ in 0..3 {
        let told = read(service.ready().await.unwrap().call(api("/session", session)).await.unwrap()).await;
        assert_eq!(told.status, 200, "{}", told.body);
    }
    let crowd: Vec<_> = (0..8)
        .map(|_| {
            let (mut service, request) = (service.clone(), api("/session", session));
            tokio::spawn(async move { service.ready().await.unwrap().call(request).await.unwrap().status() })
        })
        .collect();
    for status in crowd {
        assert_eq!(status.await.unwrap(), 200);
    }
}

async fn through(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    tokio::task::yield_now().await;
    Ok(Response::new(Body::from("through")))
}

#[tokio::test]
async fn every_layer_calls_the_service_that_was_ready() {
    let (kratos, _, session) = stage().await;
    let resolver = || HttpResolver::new(kratos.public_url()).unwrap();
    let limit = || ConcurrencyLimitLayer::new(1);

    let around = ServiceBuilder::new()
        .layer(kratos_tower::KratosLayer::new(resolver()))
        .layer(limit())
        .service(service_fn(through));
    drive(around, &session).await;

    let under_both = ServiceBuilder::new()
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(kratos_tower::KratosLayer::new(resolver()))
        .layer(limit())
        .layer(kratos_tower::RequireLayer::signed_in())
        .layer(limit())
        .service(service_fn(through));
    drive(under_both, &session).await;

    let axum =
        ServiceBuilder::new().layer(limit()).layer(KratosLayer::new(resolver())).layer(limit()).service(
            Router::new()
                .route("/session", get(async || "through").layer(RequireLayer::aal2()))
                .into_service(),
        );
    drive(axum, &session).await;
}

#[tokio::test]
async fn a_missing_layer_is_a_500_that_names_the_fix() {
    let (_kratos, _, session) = stage().await;
    for path in GUARDED.iter().chain(&["/everything", "/login"]) {
        for request in [api(path, &session), ask("GET", path).body(Body::empty()).unwrap()] {
            let told = call(&routes(), request).await;
            assert_eq!(
                (told.status, told.id().as_str()),
                (500, "invalid_configuration"),
                "{path}: {}",
                told.body
            );
            let refusal = told.extensions.get::<Refusal>().unwrap();
            assert!(refusal.explanation().contains("KratosLayer"), "{path}: {refusal}");
            assert_eq!(told.message(), "The server is misconfigured; see its log.", "{path}");
            assert!(!told.body.contains("KratosLayer"), "{path}: the log alone names the fix");
        }
    }
}

#[tokio::test]
async fn an_unknown_route_is_still_a_404() {
    let (kratos, app, session) = stage().await;
    assert_eq!(call(&app, api("/nowhere", &session)).await.status, 404);
    assert_eq!(call(&app, ask("GET", "/nowhere").body(Body::empty()).unwrap()).await.status, 404);
    assert!(kratos.requests().is_empty());
}

#[tokio::test]
async fn all_paths_below_a_guard_are_guarded() {
    let inner = Router::new().route("/", get(async || "in")).route("/{id}", get(async || "in"));
    let guarded = Router::new().nest("/private", inner).route_layer(RequireLayer::signed_in());
    let kratos = kratos_testkit::TestKratos::start().await.unwrap();
    let resolver = HttpResolver::new(kratos.public_url()).unwrap();
    let app = guarded.layer(KratosLayer::new(resolver));
    for path in ["/private", "/private/1", "/private/%2e%2e", "/private/1?x"] {
        let told = call(&app, ask("GET", path).body(Body::empty()).unwrap()).await;
        assert_eq!(told.status, 401, "{path}: {}", told.body);
    }
}

#[tokio::test]
async fn anonymous_is_401_and_refused_is_403() {
    let (kratos, _, session) = stage().await;
    let weak = kratos.identity("bob@example.org").create();
    let weak = kratos.session(&weak).create();
    let denied = Router::new()
        .route("/predicate", get(async || "in").layer(RequireLayer::predicate(|_| false)))
        .layer(KratosLayer::new(HttpResolver::new(kratos.public_url()).unwrap()));
    assert_eq!(call(&denied, ask("GET", "/predicate").body(Body::empty()).unwrap()).await.status, 401);
    assert_eq!(call(&denied, api("/predicate", &session)).await.status, 403);
    let app = app(kratos.public_url());
    for path in ["/aal2", "/verified"] {
        assert_eq!(call(&app, ask("GET", path).body(Body::empty()).unwrap()).await.status, 401, "{path}");
        assert_eq!(call(&app, api(path, &weak)).await.status, 403, "{path}");
        assert_eq!(call(&app, api(path, &session)).await.status, 200, "{path}");
    }
}
