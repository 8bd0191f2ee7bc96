//! Concurrent requests with one uncached cookie.

use std::time::{Duration, Instant};

use axum::{Router, body::Body, routing::get};
use http::Request;
use kratos_axum::{KratosLayer, Session};
use kratos_core::resolve::{CachingResolver, HttpResolver};
use tower::ServiceExt as _;

use crate::{
    fixture::{AGE, HELLO, with_cookie},
    upstream::Upstream,
};

pub const REQUESTS: usize = 10_000;

/// Returns the calls to Kratos, and the time until all responses were there.
pub fn measure() -> (usize, Duration) {
    let upstream = Upstream::start();
    let resolver = CachingResolver::new(HttpResolver::new(&upstream.url).unwrap(), AGE);
    let router =
        Router::new().route("/account", get(async |_: Session| HELLO)).layer(KratosLayer::new(resolver));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let start = Instant::now();
    runtime.block_on(async {
        let all: Vec<_> = (0..REQUESTS)
            .map(|_| {
                let mut request = Request::get("/account").body(Body::empty()).unwrap();
                *request.headers_mut() = with_cookie();
                tokio::spawn(router.clone().oneshot(request))
            })
            .collect();
        for one in all {
            assert_eq!(one.await.unwrap().unwrap().status(), 200);
        }
    });
    (upstream.calls(), start.elapsed())
}
