use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use kratos_hooks::{HookReply, HookResponse};

/// An answer as a handler's response: a [`HookAnswer`](crate::hooks::HookAnswer), a
/// [`HookVerdict`](crate::hooks::HookVerdict) or a [`HookReceipt`](crate::hooks::HookReceipt) of a web hook, a
/// [`MigrationAnswer`](crate::hooks::MigrationAnswer) or a [`CourierReceipt`](crate::hooks::CourierReceipt).
///
/// `Result<Reply<..>, E>` works for any `E` that is a response: the [`HookLayer`](crate::hooks::HookLayer) sends a stop in its
/// place.
#[derive(Clone, Copy, Debug)]
pub struct Reply<A>(pub A);

impl<A: HookReply> IntoResponse for Reply<A> {
    fn into_response(self) -> Response {
        respond(self.0.into_response())
    }
}

/// Why a hook's request cannot be used; the reason is logged. Its response stops the flow: 400, with a fixed text.
#[derive(Debug)]
#[non_exhaustive]
pub struct HookRejection;

impl IntoResponse for HookRejection {
    fn into_response(self) -> Response {
        respond(HookResponse::stop())
    }
}

/// Marks the response as an answer, by an extension that the layer requires.
fn respond(answer: HookResponse) -> Response {
    let headers = answer.headers().collect();
    let mut response = Response::new(Body::from(answer.body.clone()));
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response.extensions_mut().insert(answer);
    response
}
