//! A request's body, read up to a limit.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    body::{BodySize, MessageBody},
    dev::Payload,
    error::PayloadError,
    web::Bytes,
};

/// Reads the payload; `None` if it breaks off or is longer than the limit.
pub(crate) fn read(payload: &mut Payload, limit: usize) -> impl Future<Output = Option<Bytes>> + use<> {
    let body = actix_web::body::to_bytes_limited(PayloadBody(payload.take()), limit);
    async move { body.await.ok()?.ok() }
}

/// A payload as a body, which `to_bytes_limited` collects up to a limit.
struct PayloadBody(Payload);

impl MessageBody for PayloadBody {
    type Error = PayloadError;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        futures_core::Stream::poll_next(Pin::new(&mut self.0), context)
    }
}
