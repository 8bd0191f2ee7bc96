//! whoami over loopback, one call after the other.

use std::{
    convert::Infallible,
    future::Future,
    time::{Duration, Instant},
};

use axum::{Router, body::Body, routing::get};
use bytes::Bytes;
use http::{HeaderMap, Request, Response, header};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use kratos_core::{
    Kratos,
    credential::Credential,
    model::Session,
    resolve::{Freshness, HttpResolver, SessionResolver as _},
};
use ory_kratos_client::{apis::configuration::Configuration, apis::frontend_api, models};
use tokio::{runtime::Runtime, sync::Mutex};
use tower::{Service, ServiceExt as _};

use crate::{
    alternate::{self, Measured, Subject},
    fixture,
    in_process::axum::guarded,
    upstream::Upstream,
};

pub const REQWEST: &str = "reqwest, decoded by kratos-core's models";
pub const GUARDED: &str = "axum handler guarded by kratos-axum, nothing cached";
pub const BY_HAND: &str = "axum handler that calls reqwest";
pub const RESOLVER: &str = "`HttpResolver`";
pub const GENERATED: &str = "ory-kratos-client's `to_session` (reqwest 0.12)";
pub const HYPER: &str = "hyper, decoded by kratos-core's models";

pub fn measure() -> Vec<Measured> {
    let upstream = Upstream::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let url = format!("{}/sessions/whoami", upstream.url);
    let cookie = fixture::session_cookie();

    let reqwest = reqwest::Client::new();
    let by_reqwest = async || {
        let request =
            reqwest.get(&url).header(header::ACCEPT, "application/json").header(header::COOKIE, cookie);
        let body = request.send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice::<Session>(&body).unwrap()
    };

    let hyper = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let by_hyper = async || {
        let request =
            Request::get(&url).header(header::ACCEPT, "application/json").header(header::COOKIE, cookie);
        let answer = hyper.request(request.body(Empty::new()).unwrap()).await.unwrap();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice::<Session>(&body).unwrap()
    };

    let generated = Configuration { base_path: upstream.url.clone(), ..Configuration::default() };
    let by_generated = async || -> models::Session {
        frontend_api::to_session(&generated, None, Some(cookie), None).await.unwrap()
    };

    let resolver = HttpResolver::new(&upstream.url).unwrap();
    let credential = Credential::cookie(cookie);
    let by_resolver = async || resolver.resolve(&credential, Freshness::Cached).await.unwrap();

    let router = guarded(Kratos::from_resolver(HttpResolver::new(&upstream.url).unwrap()));
    let router = Mutex::new(router);
    let headers = fixture::with_cookie();
    let by_guard = async || visit(&router, &headers).await;

    let asks = {
        let (reqwest, url) = (reqwest.clone(), url.clone());
        async move |headers: HeaderMap| {
            let cookie = headers.get(header::COOKIE).unwrap().clone();
            let request =
                reqwest.get(&url).header(header::ACCEPT, "application/json").header(header::COOKIE, cookie);
            let body = request.send().await.unwrap().bytes().await.unwrap();
            std::hint::black_box(serde_json::from_slice::<Session>(&body).unwrap());
            fixture::HELLO
        }
    };
    let router_by_hand = Mutex::new(Router::new().route("/account", get(asks)));
    let by_hand = async || visit(&router_by_hand, &headers).await;

    let subjects = vec![
        subject(REQWEST, &runtime, by_reqwest),
        subject(GUARDED, &runtime, by_guard),
        subject(BY_HAND, &runtime, by_hand),
        subject(RESOLVER, &runtime, by_resolver),
        subject(HYPER, &runtime, by_hyper),
        subject(GENERATED, &runtime, by_generated),
    ];
    alternate::alternate(subjects, 150, 20)
}

/// One request to an application.
async fn visit<S, B>(app: &Mutex<S>, headers: &HeaderMap)
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible>,
{
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = http::Uri::from_static("/account");
    *request.headers_mut() = headers.clone();
    let mut app = app.lock().await;
    let response = app.ready().await.unwrap().call(request).await.unwrap();
    assert_eq!(response.status(), 200);
}

fn subject<'a, F: Future>(name: &'static str, runtime: &'a Runtime, ask: impl Fn() -> F + 'a) -> Subject<'a> {
    let round = move |times| -> Duration {
        let start = Instant::now();
        alternate::calls(|| {
            runtime.block_on(async {
                for _ in 0..times {
                    std::hint::black_box(ask().await);
                }
            });
        });
        start.elapsed()
    };
    Subject::timed(name, round)
}
