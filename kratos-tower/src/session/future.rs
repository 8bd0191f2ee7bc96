use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::Response;
use kratos_core::adapter::LazySession;
use pin_project_lite::pin_project;

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

impl<F, B, E> Future for KratosFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        this.session.response_headers().append_to(response.headers_mut());
        Poll::Ready(Ok(response))
    }
}
