//! What can be counted.

use std::time::Duration;

use axum::{Router, body::Body, handler::Handler as _, routing::get};
use futures_util::FutureExt as _;
use http::{HeaderMap, Request, Response, Uri};
use kratos_axum::{KratosLayer, RequireLayer, Session};
use kratos_core::{
    Kratos,
    credential::CredentialReader,
    model::{self, flow::LoginFlow},
    resolve::{CachingResolver, Jwks, JwtResolver, StaticResolver},
};
use kratos_ui::Theme;
use tower::{Layer as _, Service, ServiceExt as _};

use crate::{Run, fixture, hooks, sizes};

/// A day: no entry expires meanwhile.
pub(crate) const TTL: Duration = Duration::from_secs(24 * 3600);

/// The subject of this name. `size` matters to those whose cost may grow with it.
pub(crate) fn of(name: &str, size: usize) -> Run {
    let cookie = fixture::with_cookie;
    match name {
        "unguarded" => requests(routed(get(hello)), cookie()),
        "guard" => requests(guarded(cached()), cookie()),
        "require" => requests(layer().layer(routed(get(hello.layer(RequireLayer::signed_in())))), cookie()),
        "lazy" => requests(layer().layer(routed(get(hello))), cookie()),
        "jwt-unguarded" => requests(routed(get(hello)), fixture::with_jwt()),
        "jwt" => requests(guarded(by_jwt()), fixture::with_jwt()),
        "page" => page(),
        "decoding" => repeated(|| drop(serde_json::from_str::<model::Session>(fixture::SESSION).unwrap())),
        "hook" => hooks::route(),
        "hook-decoding" => hooks::decoding(),
        _ => sizes::of(name, size),
    }
}

pub(crate) async fn hello() -> &'static str {
    "hello"
}

async fn hello_session(_: Session) -> &'static str {
    "hello"
}

/// Sessions from the cache.
pub(crate) fn cached() -> Kratos {
    Kratos::from_resolver(CachingResolver::new(StaticResolver::active(fixture::session()), TTL))
}

fn by_jwt() -> Kratos {
    let jwts = JwtResolver::new(Jwks::from_json(fixture::JWKS).unwrap()).with_issuer(fixture::ISSUER);
    Kratos::from_resolver(jwts).with_credentials(CredentialReader::default().with_jwt())
}

fn layer() -> KratosLayer {
    KratosLayer::new(cached())
}

pub(crate) fn routed(handler: axum::routing::MethodRouter) -> Router {
    Router::new().route("/account", handler)
}

/// A router whose handler takes the session.
pub(crate) fn guarded(
    kratos: Kratos,
) -> impl Service<Request<Body>, Response = Response<Body>, Error = std::convert::Infallible, Future: 'static>
+ Clone
+ 'static {
    KratosLayer::new(kratos).layer(routed(get(hello_session)))
}

/// Requests to a service that answers at once.
pub(crate) fn requests<S, B: 'static>(service: S, headers: HeaderMap) -> Run
where
    S: Service<Request<Body>, Response = Response<B>, Error = std::convert::Infallible, Future: 'static>
        + Clone
        + 'static,
{
    requests_to(service, "/account", headers)
}

/// Requests to this path.
pub(crate) fn requests_to<S, B: 'static>(service: S, path: &str, headers: HeaderMap) -> Run
where
    S: Service<Request<Body>, Response = Response<B>, Error = std::convert::Infallible, Future: 'static>
        + Clone
        + 'static,
{
    let path: Uri = path.parse().unwrap();
    let service = std::rc::Rc::new(std::cell::RefCell::new(service));
    Box::new(move |times| {
        let one = |_| -> Box<dyn FnOnce()> {
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = path.clone();
            *request.headers_mut() = headers.clone();
            let service = service.clone();
            Box::new(move || {
                let mut service = service.borrow_mut();
                let ready = service.ready().now_or_never().unwrap().unwrap();
                let response = ready.call(request).now_or_never().unwrap().unwrap();
                assert_eq!(response.status(), 200);
            })
        };
        (0..times).map(one).collect()
    })
}

fn page() -> Run {
    let theme = Theme::new();
    let flow: LoginFlow = serde_json::from_str(fixture::FLOW).unwrap();
    let (theme, flow) = (std::rc::Rc::new(theme), std::rc::Rc::new(flow));
    Box::new(move |times| {
        let one = |_| -> Box<dyn FnOnce()> {
            let (theme, flow) = (theme.clone(), flow.clone());
            Box::new(move || drop(theme.render(&theme.view(&*flow))))
        };
        (0..times).map(one).collect()
    })
}

fn repeated(act: fn()) -> Run {
    Box::new(move |times| (0..times).map(|_| -> Box<dyn FnOnce()> { Box::new(act) }).collect())
}
