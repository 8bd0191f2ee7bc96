//! What an extractor answers instead of calling the handler.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use kratos_core::policy::{Audience, GuardResponse, Refusal};

/// Why an extractor could not bring the session. It is answered exactly as [`crate::RequireLayer`] would, with
/// the [`Refusal`] in the response's extensions.
#[derive(Debug)]
pub struct SessionRejection(Box<GuardResponse>);

impl SessionRejection {
    /// Why.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.0.refusal
    }

    pub(crate) fn missing_layer(layer: &str) -> Self {
        Self(Box::new(GuardResponse::refuse(&Refusal::missing_layer(layer), Audience::Program)))
    }
}

impl From<Box<GuardResponse>> for SessionRejection {
    fn from(answer: Box<GuardResponse>) -> Self {
        Self(answer)
    }
}

impl IntoResponse for SessionRejection {
    fn into_response(self) -> Response {
        respond(*self.0)
    }
}

pub(crate) fn respond(answer: GuardResponse) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response.extensions_mut().insert(answer.refusal);
    response
}

impl std::fmt::Display for SessionRejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self.refusal(), f)
    }
}

impl std::error::Error for SessionRejection {}
