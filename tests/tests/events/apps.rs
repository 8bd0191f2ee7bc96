//! The receiver in both frameworks.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use bytes::Bytes;
use kratos_axum::events::EventReceiver;
use tower::ServiceExt as _;

/// A request to `/v1/traces`.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: Bytes,
}

impl Sent {
    pub(crate) fn new(headers: &[(&'static str, &'static str)], body: impl Into<Bytes>) -> Self {
        Self { method: "POST", headers: headers.to_vec(), body: body.into() }
    }
}

/// What came back: status, media type, body.
pub(crate) type Answered = (u16, String, Bytes);

pub(crate) async fn axum(receiver: &EventReceiver, sent: &Sent) -> Answered {
    let app = Router::new().route_service("/v1/traces", receiver.clone());
    let mut request = Request::builder().method(sent.method).uri("/v1/traces");
    for (name, value) in &sent.headers {
        request = request.header(*name, *value);
    }
    let response = app.oneshot(request.body(Body::from(sent.body.clone())).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let media = head.headers.get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
    if head.status != StatusCode::NOT_FOUND {
        assert_eq!(head.headers["cache-control"], "no-store");
    }
    (head.status.as_u16(), media, axum::body::to_bytes(body, 1 << 20).await.unwrap())
}

pub(crate) async fn actix(receiver: &EventReceiver, sent: &Sent) -> Answered {
    let app = actix_web::App::new().route("/v1/traces", kratos_actix::events::route(receiver.clone()));
    let app = actix_web::test::init_service(app).await;
    let method = actix_web::http::Method::from_bytes(sent.method.as_bytes()).unwrap();
    let mut request = actix_web::test::TestRequest::with_uri("/v1/traces").method(method);
    for (name, value) in &sent.headers {
        request = request.append_header((*name, *value));
    }
    let response =
        actix_web::test::call_service(&app, request.set_payload(sent.body.clone()).to_request()).await;
    let status = response.status().as_u16();
    let media = response.headers().get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
    (status, media, actix_web::test::read_body(response).await)
}
