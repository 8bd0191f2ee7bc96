use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{Error, dev::ServiceResponse};
use kratos_core::LazySession;
use pin_project_lite::pin_project;

use super::touched::Touched;
use crate::headers;

pin_project! {
    /// The future of [`crate::KratosService`].
    #[derive(Debug)]
    pub struct KratosFuture<F> {
        #[pin]
        inner: F,
        session: LazySession,
    }
}

impl<F> KratosFuture<F> {
    pub(super) fn new(inner: F, session: LazySession) -> Self {
        Self { inner, session }
    }
}

impl<F, B> Future for KratosFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let outcome = ready!(this.inner.poll(context));
        let touch = this.session.response_headers();
        Poll::Ready(match outcome {
            Ok(mut response) => {
                headers::touch(response.headers_mut(), &touch);
                Ok(response)
            }
            Err(error) => Err(Touched::wrap(error, touch)),
        })
    }
}
