use std::{
    fmt,
    future::{Future, Ready, ready},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::SessionError;

pin_project! {
    /// The future of an extractor: an answer that is at hand, or a box that waits for it.
    pub struct Extracting<T> {
        #[pin]
        state: State<T>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<T> {
        AtHand { #[pin] outcome: Ready<Result<T, SessionError>> },
        Waiting { outcome: Pin<Box<dyn Future<Output = Result<T, SessionError>>>> },
    }
}

impl<T> Extracting<T> {
    pub(super) fn ready(outcome: Result<T, SessionError>) -> Self {
        Self { state: State::AtHand { outcome: ready(outcome) } }
    }

    pub(super) fn waiting(outcome: impl Future<Output = Result<T, SessionError>> + 'static) -> Self {
        Self { state: State::Waiting { outcome: Box::pin(outcome) } }
    }
}

impl<T> Future for Extracting<T> {
    type Output = Result<T, SessionError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::AtHand { outcome } => outcome.poll(context),
            StateProjection::Waiting { outcome } => outcome.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Extracting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extracting").finish_non_exhaustive()
    }
}
