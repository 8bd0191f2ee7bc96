//! The receiver as a tower service.

use std::{
    convert::Infallible,
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{BodyExt as _, Full, Limited};
use tower_service::Service;

use crate::{EventReceiver, EventResponse};

/// The future of [`EventReceiver`] as a service.
pub struct EventFuture(Pin<Box<dyn Future<Output = Answered> + Send>>);

type Answered = Result<Response<Full<Bytes>>, Infallible>;

impl<B> Service<Request<B>> for EventReceiver
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = EventFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> EventFuture {
        let receiver = self.clone();
        EventFuture(Box::pin(async move {
            let (head, body) = request.into_parts();
            if head.method != Method::POST {
                return Ok(respond(&receiver.refused(StatusCode::METHOD_NOT_ALLOWED)));
            }
            let read = |limit| async move {
                Limited::new(body, limit).collect().await.ok().map(http_body_util::Collected::to_bytes)
            };
            Ok(respond(&receiver.receive(&head.headers, read).await))
        }))
    }
}

fn respond(answer: &EventResponse) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::clone(&answer.body)));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers().collect();
    response
}

impl Future for EventFuture {
    type Output = Answered;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for EventFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventFuture").finish_non_exhaustive()
    }
}
