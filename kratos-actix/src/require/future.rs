use std::{
    fmt,
    future::{Future, Ready},
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{
    Error,
    body::{BoxBody, EitherBody},
    dev::ServiceResponse,
};
use pin_project_lite::pin_project;

pin_project! {
    /// The future of [`crate::Require`]'s service.
    pub struct RequireFuture<F, B> {
        #[pin]
        state: State<F, B>,
    }
}

pin_project! {
    /// A cached session costs no box.
    #[project = StateProjection]
    enum State<F, B> {
        Through { #[pin] inner: F },
        Answer { #[pin] answer: Ready<ServiceResponse<BoxBody>> },
        Waiting { inner: Waiting<B> },
    }
}

type Outcome<B> = Result<ServiceResponse<EitherBody<B>>, Error>;
type Waiting<B> = Pin<Box<dyn Future<Output = Outcome<B>>>>;

impl<F, B> RequireFuture<F, B> {
    pub(super) fn through(inner: F) -> Self {
        Self { state: State::Through { inner } }
    }

    pub(super) fn answer(answer: ServiceResponse<BoxBody>) -> Self {
        Self { state: State::Answer { answer: std::future::ready(answer) } }
    }

    pub(super) fn waiting(inner: Waiting<B>) -> Self {
        Self { state: State::Waiting { inner } }
    }
}

impl<F, B> Future for RequireFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Outcome<B>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome<B>> {
        match self.project().state.project() {
            StateProjection::Through { inner } => {
                Poll::Ready(ready!(inner.poll(context)).map(ServiceResponse::map_into_left_body))
            }
            StateProjection::Answer { answer } => {
                answer.poll(context).map(|answer| Ok(answer.map_into_right_body()))
            }
            StateProjection::Waiting { inner } => inner.as_mut().poll(context),
        }
    }
}

impl<F, B> fmt::Debug for RequireFuture<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequireFuture").finish_non_exhaustive()
    }
}
