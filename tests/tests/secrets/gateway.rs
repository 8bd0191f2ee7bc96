//! What the gateway is made of, what passes it, and what is told of it.

use std::{net::IpAddr, sync::Mutex};

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use kratos_core::gateway::{GatewayEvent, GatewayUpstream, public_path};
use kratos_testkit::{FlowKind, TestHook, TestKratos};
use kratos_tower::{
    Kratos,
    gateway::{ClientAddress, Gateway, GatewayRefusal, PeerAddress, RateLimits},
};
use tower::Service as _;

use crate::shown::{debugged, secret};

fn cookie() -> HeaderMap {
    let line = HeaderValue::from_str(&format!("ory_kratos_session={}", secret("cookie"))).unwrap();
    HeaderMap::from_iter([(http::header::COOKIE, line)])
}

pub async fn core() {
    let testkit = TestKratos::start().await.unwrap();
    let kratos = Kratos::new(testkit.public_url()).unwrap().with_cache(std::time::Duration::from_secs(9));
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    debugged(&upstream);
    debugged(&public_path(&format!("/admin/{}", secret("path")), "", false).unwrap_err());
    debugged(&upstream.enter(&Method::GET).await.unwrap());
    let path = format!("/self-service/logout?token={}", secret("token"));
    let mut passage = upstream.passage(&Method::GET, &path, &cookie());
    debugged(&passage);
    passage.find_sessions().await.unwrap();
    debugged(&passage);
    let events = passage.answered(StatusCode::SEE_OTHER, &HeaderMap::new()).await;
    assert!(!events.is_empty());
    for event in &events {
        debugged(event);
        debugged(&event.kind);
    }
    let login = upstream.passage(&Method::POST, "/self-service/login?flow=x", &HeaderMap::new());
    debugged(&login);
}

pub async fn service() {
    let testkit = TestKratos::start().await.unwrap();
    let kratos = Kratos::new(testkit.public_url())
        .and_then(|kratos| kratos.with_app("http://localhost:4455"))
        .and_then(|kratos| kratos.with_browser_url("http://localhost:4455/.ory/kratos"))
        .unwrap();
    debugged(&ClientAddress::x_forwarded_for(1));
    debugged(&PeerAddress(IpAddr::from([127, 0, 0, 1])));
    debugged(&RateLimits::new());
    let seen: &'static Mutex<Vec<GatewayEvent>> = Box::leak(Box::default());
    let mut gateway = Gateway::new(&kratos)
        .and_then(|gateway| gateway.with_ory_network(&secret("ory_pat_key")))
        .unwrap()
        .on_event(|event| seen.lock().unwrap().push(*event));
    debugged(&gateway);
    let mut request = Request::post(format!("/.ory/kratos/self-service/login?flow={}", secret("flow")))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("password={}", secret("password"))))
        .unwrap();
    request.headers_mut().extend(cookie());
    let future = gateway.call(request);
    debugged(&future);
    let response = future.await.unwrap();
    debugged(response.body());
    let hidden = Request::get("/.ory/kratos/admin/identities").body(Body::empty()).unwrap();
    let refused = gateway.call(hidden).await.unwrap();
    debugged(refused.extensions().get::<GatewayRefusal>().unwrap());
}

pub async fn deliveries() {
    let hook = TestHook::before(FlowKind::Login, "http://127.0.0.1:1/hook")
        .with_api_key_header("x-hook-key", &secret("key"));
    let testkit = TestKratos::builder().with_hook(hook).start().await.unwrap();
    let url = format!("{}/self-service/login/api", testkit.public_url());
    let _answer = reqwest::Client::builder().no_proxy().build().unwrap().get(url).send().await.unwrap();
    let deliveries = testkit.hook_deliveries();
    assert!(!deliveries.is_empty());
    debugged(&deliveries);
}
