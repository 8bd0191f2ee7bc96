//! The rejection of extractors.

use std::fmt;

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use kratos_core::{
    Rejection,
    policy::{GuardResponse, Refusal},
};

/// Why an extractor yields no session. Its response is the one of [`crate::RequireLayer`], with the [`Refusal`] in the
/// response's extensions.
///
/// The methods of [`KratosRequest`](crate::KratosRequest) return a [`Rejection`], which `?` converts.
pub struct SessionRejection(Rejection);

impl SessionRejection {
    /// Returns the reason.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        self.0.refusal()
    }
}

impl From<Rejection> for SessionRejection {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl IntoResponse for SessionRejection {
    fn into_response(self) -> Response {
        respond(self.0.into_response())
    }
}

pub(crate) fn respond(guarded: GuardResponse) -> Response {
    let mut response = Response::new(Body::from(guarded.body));
    *response.status_mut() = guarded.status;
    *response.headers_mut() = guarded.headers;
    response.extensions_mut().insert(guarded.refusal);
    response
}

impl fmt::Debug for SessionRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionRejection").field(self.refusal()).finish()
    }
}

impl fmt::Display for SessionRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.refusal(), f)
    }
}

impl std::error::Error for SessionRejection {}
