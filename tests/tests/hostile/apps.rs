//! One application in axum and in actix-web that returns the identity of its session.

use std::cell::RefCell;

use actix_web::{
    App,
    body::to_bytes,
    http::header::{HeaderName, HeaderValue},
    test::{TestRequest, call_service, init_service},
    web,
};
use axum::{Router, body::Body, routing::any};
use http::Request;
use kratos_core::{Kratos, policy::Links};

pub const APP: &str = "https://app.example";
pub const AUTH: &str = "https://auth.example";

pub fn links() -> Links {
    Links::new(APP, AUTH).unwrap()
}

/// Redirects pages of the application to login.
pub fn linked(kratos: Kratos) -> Kratos {
    kratos.with_app(APP).unwrap().with_browser_url(AUTH).unwrap()
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub status: u16,
    pub body: String,
    pub location: Option<String>,
    pub cookies: Vec<String>,
}

type Headers<'a> = &'a [(&'a str, &'a [u8])];

/// `/` requires a session and returns its identity.
pub fn axum(sessions: Kratos) -> Router {
    let name = async |who: kratos_axum::Identity| who.id.to_string();
    Router::new().route("/", any(name)).layer(kratos_axum::KratosLayer::new(sessions))
}

pub async fn ask_axum(app: &Router, headers: Headers<'_>) -> Told {
    use tower::ServiceExt as _;
    let mut request = Request::builder().uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Told {
        status: parts.status.as_u16(),
        body: String::from_utf8_lossy(&body).into_owned(),
        location: parts.headers.get("location").map(text),
        cookies: parts.headers.get_all("set-cookie").iter().map(text).collect(),
    }
}

/// The same in actix-web. An error is turned into its response.
pub async fn ask_actix(sessions: Kratos, headers: Headers<'_>) -> Told {
    let name = async |who: kratos_actix::Identity| who.id.to_string();
    let app =
        App::new().route("/", web::route().to(name)).wrap(kratos_actix::KratosMiddleware::new(sessions));
    let app = init_service(app).await;
    let mut request = TestRequest::default().uri("/");
    for (name, value) in headers {
        let pair =
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value).unwrap());
        request = request.append_header(pair);
    }
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let location = response.headers().get("location").map(text);
    let cookies = response.headers().get_all("set-cookie").map(text).collect();
    let body = to_bytes(response.into_body()).await.unwrap();
    Told { status, body: String::from_utf8_lossy(&body).into_owned(), location, cookies }
}

/// Runs a future on the thread's runtime, for property tests, which are not async.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    thread_local!(static RUNTIME: RefCell<tokio::runtime::Runtime> = RefCell::new(
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    ));
    RUNTIME.with(|runtime| runtime.borrow().block_on(future))
}
