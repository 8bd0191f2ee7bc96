//! Calling an application under test as somebody who is signed in.

use std::future::poll_fn;

use axum::body::Body;
use bytes::Bytes;
use http::request::Builder;
use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower_service::Service;

use crate::fixture::TestSession;
use crate::kratos::TestKratos;

impl TestKratos {
    /// Somebody with this address who is signed in: a person without password and a session of AAL1. For anything
    /// else there are [`TestKratos::identity`] and [`TestKratos::session`].
    #[must_use]
    pub fn sign_in(&self, email: &str) -> TestSession {
        let person = self.identity(email).with_verified_address().create();
        self.session(&person).create()
    }
}

/// Lets a test's request come from a signed-in browser: it carries the session's cookie.
///
/// For `http`'s requests, which axum and tower take, and with the feature `actix` for actix-web's `TestRequest`.
pub trait AsUser {
    /// The same request, sent with this session.
    #[must_use]
    #[allow(clippy::wrong_self_convention, reason = "a builder's step, as `TestRequest` has them")]
    fn as_user(self, session: &TestSession) -> Self;
}

impl AsUser for Builder {
    fn as_user(self, session: &TestSession) -> Self {
        self.header(header::COOKIE, session.cookie())
    }
}

#[cfg(feature = "actix")]
impl AsUser for actix_web::test::TestRequest {
    fn as_user(self, session: &TestSession) -> Self {
        self.insert_header((actix_web::http::header::COOKIE, session.cookie()))
    }
}

/// An application's answer, read whole.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl TestResponse {
    /// The body as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Where a redirect leads.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok())
    }
}

/// Calls an axum router, or any tower service of its shape, without a socket.
///
/// A request that cannot be built, a service that fails and a body that breaks are answered with 500 and a text that
/// says so: in a test they are failures like any other.
pub async fn call<S, B>(app: &S, request: Builder) -> TestResponse
where
    S: Service<Request<Body>, Response = Response<B>> + Clone,
    S::Error: std::fmt::Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    match try_call(app.clone(), request).await {
        Ok(page) => page,
        Err(reason) => TestResponse {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            headers: HeaderMap::new(),
            body: reason.into(),
        },
    }
}

async fn try_call<S, B>(mut app: S, request: Builder) -> Result<TestResponse, String>
where
    S: Service<Request<Body>, Response = Response<B>>,
    S::Error: std::fmt::Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    let request = request.body(Body::empty()).map_err(|error| format!("no request: {error}"))?;
    poll_fn(|context| app.poll_ready(context)).await.map_err(|error| format!("not ready: {error}"))?;
    let response = app.call(request).await.map_err(|error| format!("no answer: {error}"))?;
    let (parts, body) = response.into_parts();
    let body = std::pin::pin!(body).collect().await.map_err(|error| format!("a broken body: {error}"))?;
    Ok(TestResponse { status: parts.status, headers: parts.headers, body: body.to_bytes() })
}
