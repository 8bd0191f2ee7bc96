//! The error of extractors, guards and [`crate::KratosExt`].

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use kratos_core::{
    Rejection,
    adapter::missing_layer,
    policy::{GuardResponse, Refusal, RequestView},
};

use crate::headers::{self, Headers};

/// Why there is no session, and the response that says so: the same from an extractor, from [`crate::Require`] and from
/// [`crate::KratosExt`]. The [`Refusal`] is in the response's extensions.
///
/// The methods of [`KratosRequest`](crate::KratosRequest) return a [`Rejection`], which `?` converts.
pub struct SessionError(Rejection);

impl SessionError {
    /// Returns the reason.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        self.0.refusal()
    }

    pub(crate) fn missing_middleware(request: &RequestView<'_, Headers<'_>>) -> Self {
        Self(missing_layer(
            "the session is needed outside of KratosMiddleware: wrap the App in it, after every other .wrap(..) that \
             uses the session, since actix-web runs the last one first",
            request,
        ))
    }

    pub(crate) fn nested_middleware(request: &RequestView<'_, Headers<'_>>) -> Self {
        Self(missing_layer(
            "a Require is around a nested KratosMiddleware of another Kratos, so it checked the session of the outer one: \
             call `.wrap` with the nested KratosMiddleware after the Require",
            request,
        ))
    }
}

impl From<Rejection> for SessionError {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl ResponseError for SessionError {
    fn status_code(&self) -> StatusCode {
        status(self.0.response())
    }

    fn error_response(&self) -> HttpResponse {
        respond(self.0.response())
    }
}

pub(crate) fn respond(guarded: &GuardResponse) -> HttpResponse {
    let mut response =
        HttpResponse::new(status(guarded)).set_body(guarded.body.clone()).map_into_boxed_body();
    for (name, value) in &guarded.headers {
        headers::append(response.headers_mut(), name, value);
    }
    response.extensions_mut().insert(guarded.refusal.clone());
    response
}

fn status(guarded: &GuardResponse) -> StatusCode {
    StatusCode::from_u16(guarded.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl fmt::Debug for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionError").field(self.refusal()).finish()
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.refusal(), f)
    }
}

impl std::error::Error for SessionError {}
