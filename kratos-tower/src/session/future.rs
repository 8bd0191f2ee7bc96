use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::Response;
use kratos_core::PendingSession;
use pin_project_lite::pin_project;

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

impl<F, B, E> Future for SessionFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        for (name, value) in this.session.touch().headers(response.headers()) {
            response.headers_mut().append(name, value);
        }
        Poll::Ready(Ok(response))
    }
}
