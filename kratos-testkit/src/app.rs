//! Calls an application under test as a signed-in user.

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
    /// Creates an identity with this verified email address, without a password, and a session of AAL1.
    /// [`IdentityBuilder::sign_in`](crate::IdentityBuilder::sign_in) creates others:
    /// `server.identity("ada@example.org").with_aal2().sign_in()`.
    #[must_use]
    pub fn sign_in(&self, email: &str) -> TestSession {
        self.identity(email).with_verified_address().sign_in()
    }
}

/// Adds a session to a test's request, as the session cookie.
///
/// Implemented for the request builder of `http`, which [`call`] takes, and with the feature `actix` for
/// actix-web's `TestRequest`.
pub trait AsUser {
    /// Adds the cookie of this session.
    #[must_use]
    #[allow(clippy::wrong_self_convention, reason = "a builder method, as those of `TestRequest`")]
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

/// An application's response with its whole body.
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
    /// Returns the body as text. Replaces invalid UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as JSON, or null if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the `Location` header.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok())
    }
}

/// Calls an axum router, or any tower service like it, without a socket. [`call_with_body`] sends a body.
///
/// If the request is invalid, or the service or its body fails, the response is 500 with the error as text.
pub async fn call<S, B>(app: &S, request: Builder) -> TestResponse
where
    S: Service<Request<Body>, Response = Response<B>> + Clone,
    S::Error: std::fmt::Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    call_with_body(app, request, Body::empty()).await
}

/// Calls an axum router with this body: a form or JSON. Its `Content-Type` is a header of the request. See [`call`].
pub async fn call_with_body<S, B>(app: &S, request: Builder, body: impl Into<Body>) -> TestResponse
where
    S: Service<Request<Body>, Response = Response<B>> + Clone,
    S::Error: std::fmt::Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    match try_call(app.clone(), request, body.into()).await {
        Ok(page) => page,
        Err(reason) => TestResponse {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            headers: HeaderMap::new(),
            body: reason.into(),
        },
    }
}

async fn try_call<S, B>(mut app: S, request: Builder, body: Body) -> Result<TestResponse, String>
where
    S: Service<Request<Body>, Response = Response<B>>,
    S::Error: std::fmt::Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    let request = request.body(body).map_err(|error| format!("the request is invalid: {error}"))?;
    poll_fn(|context| app.poll_ready(context))
        .await
        .map_err(|error| format!("the service is not ready: {error}"))?;
    let response = app.call(request).await.map_err(|error| format!("the service failed: {error}"))?;
    let (parts, body) = response.into_parts();
    let body = std::pin::pin!(body).collect().await.map_err(|error| format!("the body failed: {error}"))?;
    Ok(TestResponse { status: parts.status, headers: parts.headers, body: body.to_bytes() })
}
