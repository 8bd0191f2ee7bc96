use std::fmt;

use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError, body::BoxBody, http::StatusCode};
use kratos_hooks::{HookReply, HookResponse};

use crate::headers;

/// An answer as a handler's response: a [`HookAnswer`](crate::hooks::HookAnswer), a
/// [`HookVerdict`](crate::hooks::HookVerdict) or a [`HookReceipt`](crate::hooks::HookReceipt) of a web hook, a
/// [`MigrationAnswer`](crate::hooks::MigrationAnswer) or a [`CourierReceipt`](crate::hooks::CourierReceipt).
///
/// `Result<Reply<..>, E>` works for any `E` that is an error of actix-web: the
/// [`HookMiddleware`](crate::hooks::HookMiddleware) sends a stop in its place.
#[derive(Clone, Copy, Debug)]
pub struct Reply<A>(pub A);

impl<A: HookReply> Responder for Reply<A> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        respond(self.0.into_response())
    }
}

/// Why a hook's request cannot be used; the reason is logged. Its response stops the flow: 400, with a fixed text.
#[derive(Debug)]
#[non_exhaustive]
pub struct HookRejection;

impl fmt::Display for HookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request of a hook cannot be used")
    }
}

impl std::error::Error for HookRejection {}

impl ResponseError for HookRejection {
    fn status_code(&self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }

    fn error_response(&self) -> HttpResponse {
        respond(HookResponse::stop())
    }
}

/// An answer without the request that it belongs to: the handler did not run, or did not end.
#[derive(Debug)]
pub(super) struct Unrouted(pub(super) HookResponse);

impl fmt::Display for Unrouted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer of a hook whose handler did not end")
    }
}

impl std::error::Error for Unrouted {}

impl ResponseError for Unrouted {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status.as_u16()).unwrap_or(StatusCode::BAD_REQUEST)
    }

    fn error_response(&self) -> HttpResponse {
        respond(self.0.clone())
    }
}

/// Marks the response as an answer, by an extension that the middleware requires.
pub(super) fn respond(answer: HookResponse) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status.as_u16()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = HttpResponse::new(status).set_body(answer.body.clone()).map_into_boxed_body();
    for (name, value) in answer.headers() {
        headers::append(response.headers_mut(), &name, &value);
    }
    response.extensions_mut().insert(answer);
    response
}
