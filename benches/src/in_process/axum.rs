//! axum handlers: unguarded, and guarded in each of the ways there are.

use axum::{Router, body::Body, handler::Handler as _, routing::get};
use futures_util::FutureExt as _;
use http::{HeaderMap, Request};
use kratos_axum::{Identity, RequireLayer, SessionLayer};
use tower::{Layer as _, Service, ServiceExt as _};

use crate::{
    alternate::Subject,
    fixture::{self, HELLO},
};

async fn hello() -> &'static str {
    HELLO
}

async fn hello_session(_: kratos_axum::Session) -> &'static str {
    HELLO
}

async fn hello_identity(_: Identity) -> &'static str {
    HELLO
}

/// A service that is called with a request of these headers.
pub struct App {
    pub name: &'static str,
    call: Box<dyn FnMut(Request<Body>)>,
    headers: HeaderMap,
}

impl App {
    pub fn new<S, B>(name: &'static str, service: S, headers: HeaderMap) -> Self
    where
        S: Service<Request<Body>, Response = http::Response<B>> + Clone + 'static,
        S::Error: std::fmt::Debug,
    {
        let mut service = service;
        let call = move |request| {
            let answered = service.ready().now_or_never().unwrap().unwrap().call(request).now_or_never();
            let response = answered.expect("a handler that waits for nothing answers at once").unwrap();
            assert_eq!(response.status(), 200, "{name}");
        };
        let mut app = Self { name, call: Box::new(call), headers };
        // The first one fills the cache; some more, and whatever is set up once is.
        for _ in 0..1000 {
            (app.call)(request(&app.headers));
        }
        app
    }

    /// Allocations of one call.
    pub fn allocations(&mut self) -> f64 {
        const TIMES: usize = 64;
        let mut requests: Vec<_> = (0..TIMES).map(|_| request(&self.headers)).collect();
        let counted = allocation_counter::measure(|| requests.drain(..).for_each(&mut self.call));
        counted.count_total as f64 / TIMES as f64
    }

    pub fn subject(&mut self) -> Subject<'_> {
        Subject::new(self.name, || request(&self.headers), &mut self.call)
    }
}

fn request(headers: &HeaderMap) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = http::Uri::from_static("/account");
    *request.headers_mut() = headers.clone();
    request
}

pub const UNGUARDED: &str = "axum, unguarded";
pub const PASSED: &str = "axum, a layer that does nothing";
pub const PASSED_TWICE: &str = "axum, two layers that do nothing";
pub const EXTRACTOR: &str = "axum, extractor, sessions around the router";
pub const EXTRACTOR_LAYER: &str = "axum, extractor, sessions by .layer";
pub const HANDLER_LAYER: &str = "axum, RequireLayer on the handler, sessions around the router";
pub const ROUTE_LAYER: &str = "axum, RequireLayer by route_layer, sessions around the router";
pub const BOTH_LAYERS: &str = "axum, RequireLayer by route_layer, sessions by .layer";
pub const LAZY: &str = "axum, public, sessions around the router";
pub const LAZY_LAYER: &str = "axum, public, sessions by .layer";

pub fn apps() -> Vec<App> {
    let layer = || SessionLayer::new(fixture::cached());
    let app = |handler| Router::new().route("/account", handler);
    let pass = tower::layer::util::Identity::new;
    let headers = fixture::with_cookie;
    vec![
        App::new(UNGUARDED, app(get(hello)), headers()),
        App::new(PASSED, app(get(hello)).layer(pass()), headers()),
        App::new(PASSED_TWICE, app(get(hello)).layer(pass()).layer(pass()), headers()),
        App::new(EXTRACTOR, layer().layer(app(get(hello_session))), headers()),
        App::new("axum, Identity, sessions around the router", layer().layer(app(get(hello_identity))), headers()),
        App::new(EXTRACTOR_LAYER, app(get(hello_session)).layer(layer()), headers()),
        App::new(HANDLER_LAYER, layer().layer(app(get(hello.layer(RequireLayer::signed_in())))), headers()),
        App::new(ROUTE_LAYER, layer().layer(app(get(hello)).route_layer(RequireLayer::signed_in())), headers()),
        App::new(BOTH_LAYERS, app(get(hello)).route_layer(RequireLayer::signed_in()).layer(layer()), headers()),
        App::new(LAZY, layer().layer(app(get(hello))), headers()),
        App::new(LAZY_LAYER, app(get(hello)).layer(layer()), headers()),
    ]
}
