//! axum handlers: unguarded, and guarded in each possible way.

use axum::{Router, body::Body, handler::Handler as _, routing::get};
use futures_util::FutureExt as _;
use http::{HeaderMap, Request, Response};
use kratos_axum::{Identity, KratosLayer, RequireLayer, Session};
use kratos_core::Kratos;
use tower::{Layer as _, Service, ServiceExt as _};

use super::App;
use crate::fixture::{self, HELLO};

pub async fn hello() -> &'static str {
    HELLO
}

async fn hello_session(_: Session) -> &'static str {
    HELLO
}

async fn hello_identity(_: Identity) -> &'static str {
    HELLO
}

/// An application of a tower service whose responses are ready at once.
pub fn app<S, A, B>(
    name: &'static str,
    mut service: S,
    mut headers: impl FnMut() -> HeaderMap + 'static,
) -> App
where
    S: Service<Request<A>, Response = Response<B>> + 'static,
    S::Error: std::fmt::Debug,
    A: Default + 'static,
{
    let make = move || {
        let mut request = Request::new(A::default());
        *request.uri_mut() = http::Uri::from_static("/account");
        *request.headers_mut() = headers();
        request
    };
    let call = move |request| {
        let ready = service.ready().now_or_never().expect("the service is always ready").unwrap();
        let answered = ready.call(request).now_or_never();
        let response = answered.expect("a cached response is ready at once").unwrap();
        assert_eq!(response.status(), 200, "{name}");
    };
    App::new(name, make, call)
}

/// A router whose handler takes the session.
pub fn guarded(
    kratos: Kratos,
) -> impl Service<Request<Body>, Response = Response<Body>, Error = std::convert::Infallible> {
    KratosLayer::new(kratos).layer(Router::new().route("/account", get(hello_session)))
}

pub const UNGUARDED: &str = "axum, unguarded";
pub const GUARDED: &str = "extractor; layer around the router";
pub const LAZY: &str = "public; layer around the router";

pub fn apps() -> Vec<App> {
    let layer = || KratosLayer::new(fixture::cached());
    let routed = |handler| Router::new().route("/account", handler);
    let pass = tower::layer::util::Identity::new;
    let headers = fixture::with_cookie();
    let headers = move || {
        let headers = headers.clone();
        move || headers.clone()
    };
    let signed_in = RequireLayer::signed_in;
    vec![
        app::<_, Body, _>(UNGUARDED, routed(get(hello)), headers()),
        app::<_, Body, _>(
            "unguarded; a layer that does nothing",
            routed(get(hello)).layer(pass()),
            headers(),
        ),
        app(GUARDED, guarded(fixture::cached()), headers()),
        app::<_, Body, _>(
            "extractor `Identity`; layer around the router",
            layer().layer(routed(get(hello_identity))),
            headers(),
        ),
        app::<_, Body, _>(
            "`RequireLayer` on the handler; layer around the router",
            layer().layer(routed(get(hello.layer(signed_in())))),
            headers(),
        ),
        app::<_, Body, _>(
            "`RequireLayer` by `route_layer`; layer around the router",
            layer().layer(routed(get(hello)).route_layer(signed_in())),
            headers(),
        ),
        app::<_, Body, _>(
            "extractor; layer by `Router::layer`",
            routed(get(hello_session)).layer(layer()),
            headers(),
        ),
        app::<_, Body, _>(
            "`RequireLayer` by `route_layer`; layer by `Router::layer`",
            routed(get(hello)).route_layer(signed_in()).layer(layer()),
            headers(),
        ),
        app::<_, Body, _>(LAZY, layer().layer(routed(get(hello))), headers()),
    ]
}
