//! Responses with Kratos' headers.

use axum::body::Body;
use http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::{Call, Problem};

/// A response being built.
#[derive(Debug)]
pub(crate) struct Reply(Box<Response<Body>>);

/// Marks a response that is not sent: the connection closes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crashed;

/// The result of a handler: both variants are responses.
pub(crate) type Answer = Result<Reply, Problem>;

impl Reply {
    pub(crate) fn json(code: u16, body: &Value) -> Self {
        Self::text(code, "application/json; charset=utf-8", format!("{body}\n"))
    }

    pub(crate) fn ok(body: &Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn empty(code: u16) -> Self {
        let mut reply = Self(Box::new(Response::new(Body::empty())));
        *reply.0.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        reply
    }

    /// 204 with a `Content-Type`, as Kratos' session handlers write it.
    pub(crate) fn no_content() -> Self {
        Self::empty(204).header("content-type", "application/json; charset=utf-8")
    }

    pub(crate) fn text(code: u16, kind: &'static str, body: impl Into<String>) -> Self {
        let mut reply = Self::empty(code);
        *reply.0.body_mut() = Body::from(body.into());
        reply.0.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        reply
    }

    /// Go's redirect: a short page for GET, an empty body for other methods.
    pub(crate) fn see_other(call: &Call, to: &str) -> Self {
        let get = call.method == http::Method::GET || call.method == http::Method::HEAD;
        let reply = if get {
            let link = to.replace('&', "&amp;");
            Self::text(303, "text/html; charset=utf-8", format!("<a href=\"{link}\">See Other</a>.\n\n"))
        } else {
            Self::empty(303)
        };
        reply.header(LOCATION, to)
    }

    /// As [`see_other`](Self::see_other), with 302.
    pub(crate) fn found(call: &Call, to: &str) -> Self {
        let get = call.method == http::Method::GET || call.method == http::Method::HEAD;
        let reply = if get {
            let link = to.replace('&', "&amp;");
            Self::text(302, "text/html; charset=utf-8", format!("<a href=\"{link}\">Found</a>.\n\n"))
        } else {
            Self::empty(302)
        };
        reply.header(LOCATION, to)
    }

    pub(crate) fn problem(problem: &Problem) -> Self {
        let mut reply = Self::text(problem.status(), "application/json", format!("{}\n", problem.body()));
        if problem.is_crash() {
            reply.0.extensions_mut().insert(Crashed);
        }
        reply.header("ory-error-id", problem.id())
    }

    /// Sets the status.
    pub(crate) fn code(mut self, code: u16) -> Self {
        *self.0.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self
    }

    /// Sets a header; ignores an invalid value.
    pub(crate) fn header(mut self, name: impl TryInto<HeaderName>, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (name.try_into(), HeaderValue::from_str(value)) {
            self.0.headers_mut().insert(name, value);
        }
        self
    }

    /// Appends a header.
    pub(crate) fn add(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    pub(crate) fn cookies(mut self, cookies: impl IntoIterator<Item = String>) -> Self {
        for cookie in cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                self.0.headers_mut().append(SET_COOKIE, value);
            }
        }
        self
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        *self.0
    }
}
