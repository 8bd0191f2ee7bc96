//! Errors of inner middleware. actix-web turns them into responses outside of all middleware, so they carry what
//! the session means for the response with them.

use std::fmt;

use actix_web::{Error, HttpResponse, ResponseError, http::StatusCode};
use kratos_core::ResponseHeaders;

use crate::headers;

#[derive(Debug)]
pub(super) struct Touched {
    error: Error,
    touch: ResponseHeaders,
}

impl Touched {
    /// The error itself where the session was not asked for.
    pub(super) fn wrap(error: Error, touch: ResponseHeaders) -> Error {
        if touch.is_empty() { error } else { Self { error, touch }.into() }
    }
}

impl ResponseError for Touched {
    fn status_code(&self) -> StatusCode {
        self.error.as_response_error().status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = self.error.as_response_error().error_response();
        headers::touch(response.headers_mut(), &self.touch);
        response
    }
}

impl fmt::Display for Touched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}
