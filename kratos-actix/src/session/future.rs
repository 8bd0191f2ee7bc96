use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{Error, dev::ServiceResponse};
use kratos_core::PendingSession;
use pin_project_lite::pin_project;

use super::touched::Touched;
use crate::headers;

pin_project! {
    /// The future of [`crate::SessionService`].
    #[derive(Debug)]
    pub struct SessionFuture<F> {
        #[pin]
        inner: F,
        session: PendingSession,
    }
}

impl<F> SessionFuture<F> {
    pub(super) fn new(inner: F, session: PendingSession) -> Self {
        Self { inner, session }
    }
}

impl<F, B> Future for SessionFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let outcome = ready!(this.inner.poll(context));
        let touch = this.session.touch();
        Poll::Ready(match outcome {
            Ok(mut response) => {
                headers::touch(response.headers_mut(), &touch);
                Ok(response)
            }
            Err(error) => Err(Touched::wrap(error, touch)),
        })
    }
}
