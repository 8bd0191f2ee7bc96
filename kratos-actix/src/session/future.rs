use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{Error, dev::ServiceResponse};
use kratos_core::adapter::LazySession;
use pin_project_lite::pin_project;

use super::error::ErrorWithHeaders;
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
        let added = this.session.response_headers();
        Poll::Ready(match outcome {
            Ok(mut response) => {
                headers::add(response.headers_mut(), &added);
                Ok(response)
            }
            Err(error) => Err(ErrorWithHeaders::wrap(error, added)),
        })
    }
}
