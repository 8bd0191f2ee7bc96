use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    task::{Context, Poll, ready as poll_ready},
};

use actix_web::{Error, dev::ServiceResponse};
use kratos_core::adapter::LazySession;
use pin_project_lite::pin_project;

use super::error::ErrorWithHeaders;
use crate::{SessionError, headers};

pin_project! {
    /// The future of [`crate::KratosService`].
    #[derive(Debug)]
    pub struct KratosFuture<F> {
        #[pin]
        state: State<F>,
        session: LazySession,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProjection]
    enum State<F> {
        Through { #[pin] inner: F },
        Refused { #[pin] error: Ready<SessionError> },
    }
}

impl<F> KratosFuture<F> {
    pub(super) fn new(inner: F, session: LazySession) -> Self {
        Self { state: State::Through { inner }, session }
    }

    pub(super) fn refused(error: SessionError, session: LazySession) -> Self {
        Self { state: State::Refused { error: ready(error) }, session }
    }
}

impl<F, B> Future for KratosFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let outcome = match this.state.project() {
            StateProjection::Through { inner } => poll_ready!(inner.poll(context)),
            StateProjection::Refused { error } => Err(poll_ready!(error.poll(context)).into()),
        };
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
