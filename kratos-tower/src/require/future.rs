use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::Response;
use kratos_core::policy::GuardResponse;
use pin_project_lite::pin_project;

use crate::GuardBody;

pin_project! {
    /// The future of [`crate::RequireService`].
    pub struct RequireFuture<F, B, E> {
        #[pin]
        state: State<F, B, E>,
    }
}

pin_project! {
    /// A cached session costs no box.
    #[project = StateProjection]
    enum State<F, B, E> {
        Through { #[pin] inner: F },
        Answer { answer: Option<GuardResponse> },
        Waiting { inner: Waiting<B, E> },
    }
}

type Guarded<B> = Response<GuardBody<B>>;
type Waiting<B, E> = Pin<Box<dyn Future<Output = Result<Guarded<B>, E>> + Send>>;

impl<F, B, E> RequireFuture<F, B, E> {
    pub(super) fn through(inner: F) -> Self {
        Self { state: State::Through { inner } }
    }

    pub(super) fn answer(answer: GuardResponse) -> Self {
        Self { state: State::Answer { answer: Some(answer) } }
    }

    pub(super) fn waiting(inner: Waiting<B, E>) -> Self {
        Self { state: State::Waiting { inner } }
    }
}

impl<F, B, E> Future for RequireFuture<F, B, E>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Guarded<B>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Through { inner } => {
                Poll::Ready(ready!(inner.poll(context)).map(|response| response.map(GuardBody::inner)))
            }
            StateProjection::Answer { answer } => match answer.take() {
                Some(answer) => Poll::Ready(Ok(respond(answer))),
                // Polled after completion.
                None => Poll::Pending,
            },
            StateProjection::Waiting { inner } => inner.as_mut().poll(context),
        }
    }
}

impl<F, B, E> fmt::Debug for RequireFuture<F, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequireFuture").finish_non_exhaustive()
    }
}

pub(super) fn respond<B>(answer: GuardResponse) -> Guarded<B> {
    let mut response = Response::new(GuardBody::answer(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response.extensions_mut().insert(answer.refusal);
    response
}
