//! What is answered instead of calling the handler.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use kratos_core::policy::{Audience, GuardResponse, Refusal};

use crate::headers;

/// Why there is no session, and the answer that says so: the same from an extractor, from [`crate::Require`] and
/// from [`crate::SessionExt`]. The [`Refusal`] lies in the response's extensions.
#[derive(Debug)]
pub struct SessionError(Box<GuardResponse>);

impl SessionError {
    /// Why.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.0.refusal
    }

    pub(crate) fn missing_middleware() -> Self {
        let refusal = Refusal::misconfigured(
            "the session was asked for outside KratosMiddleware: wrap the App in it, after every other \
             .wrap(..) that asks for the session, since actix-web runs the last one first",
        );
        Self(Box::new(GuardResponse::refuse(&refusal, Audience::Program)))
    }
}

impl From<Box<GuardResponse>> for SessionError {
    fn from(answer: Box<GuardResponse>) -> Self {
        Self(answer)
    }
}

impl ResponseError for SessionError {
    fn status_code(&self) -> StatusCode {
        status(&self.0)
    }

    fn error_response(&self) -> HttpResponse {
        respond(&self.0)
    }
}

pub(crate) fn respond(answer: &GuardResponse) -> HttpResponse {
    let mut response = HttpResponse::new(status(answer)).set_body(answer.body.clone()).map_into_boxed_body();
    for (name, value) in &answer.headers {
        headers::append(response.headers_mut(), name, value);
    }
    response.extensions_mut().insert(answer.refusal.clone());
    response
}

fn status(answer: &GuardResponse) -> StatusCode {
    StatusCode::from_u16(answer.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.refusal(), f)
    }
}

impl std::error::Error for SessionError {}
