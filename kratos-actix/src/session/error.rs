//! Errors of inner middleware. actix-web turns them into responses outside of all middleware, so they carry the headers
//! that the session adds.

use std::fmt;

use actix_web::{Error, HttpResponse, ResponseError, http::StatusCode};
use kratos_core::adapter::ResponseHeaders;

use crate::headers;

#[derive(Debug)]
pub(super) struct ErrorWithHeaders {
    error: Error,
    added: ResponseHeaders,
}

impl ErrorWithHeaders {
    /// Returns the error itself where the session was not used.
    pub(super) fn wrap(error: Error, added: ResponseHeaders) -> Error {
        if added.is_empty() { error } else { Self { error, added }.into() }
    }
}

impl ResponseError for ErrorWithHeaders {
    fn status_code(&self) -> StatusCode {
        self.error.as_response_error().status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = self.error.as_response_error().error_response();
        headers::add(response.headers_mut(), &self.added);
        response
    }
}

impl fmt::Display for ErrorWithHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}
