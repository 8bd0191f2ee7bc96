//! The allocations of a guarded request, which are the same on every run, unlike its time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{convert::Infallible, time::Duration};

use axum::{Router, body::Body, handler::Handler as _, routing::get};
use http::{HeaderValue, Request, Response, header};
use kratos_axum::{KratosLayer, RequireLayer, Session};
use kratos_core::{
    model,
    resolve::{CachingResolver, StaticResolver},
};
use tower::{Layer as _, Service};
use uuid::Uuid;

fn layer() -> KratosLayer {
    let session = StaticResolver::active(model::Session::new(Uuid::nil()));
    KratosLayer::new(CachingResolver::new(session, Duration::from_secs(600)))
}

fn routed(handler: axum::routing::MethodRouter) -> Router {
    Router::new().route("/account", handler)
}

fn request() -> Request<Body> {
    // Static memory: a clone of it allocates as little as a clone of a connection's buffer.
    let cookie =
        HeaderValue::from_static("theme=dark; ory_kratos_session=MTc5NTQxMzQ1MHxMUlByRGpmLWdiaE1aWEpn");
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = http::Uri::from_static("/account");
    request.headers_mut().insert(header::COOKIE, cookie);
    request
}

/// The allocations of one request whose session is cached.
fn allocations<S, B>(mut service: S) -> u64
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut ask = |request| {
        let response = runtime.block_on(service.call(request)).unwrap();
        assert_eq!(response.status(), 200);
    };
    // The first request fills the cache; the others set up what is set up once.
    for _ in 0..200 {
        ask(request());
    }
    let one = request();
    allocation_counter::measure(|| ask(one)).count_total
}

#[test]
fn a_cached_guard_allocates_twice_at_most() {
    let hello = async || "hello";
    let unguarded = allocations(routed(get(hello)));
    let guarded = allocations(layer().layer(routed(get(async |_: Session| "hello"))));
    assert!(guarded - unguarded <= 2, "{unguarded} unguarded, {guarded} guarded");
    let public = allocations(layer().layer(routed(get(hello))));
    assert!(public - unguarded <= 2, "{unguarded} without the layer, {public} with it");
    assert!(guarded <= public, "the credential is not copied: {public} public, {guarded} guarded");

    // A layer on a handler costs axum's boxes, the box of the guard's body, and one more where axum's features make the
    // request's extensions grow.
    let pass = || tower::layer::util::Identity::new();
    let passed = allocations(routed(get(hello.layer(pass()))));
    let required = allocations(layer().layer(routed(get(hello.layer(RequireLayer::signed_in())))));
    assert!(required - passed <= 5, "{passed} with a layer that does nothing, {required} with the guard");
}
