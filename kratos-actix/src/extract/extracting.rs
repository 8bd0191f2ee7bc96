use std::{
    fmt,
    future::{self, Future},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::SessionError;

pin_project! {
    /// The future of an extractor: ready at once when the session is cached, boxed otherwise.
    pub struct Extracting<T> {
        #[pin]
        state: State<T>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<T> {
        Ready { #[pin] outcome: future::Ready<Result<T, SessionError>> },
        Waiting { outcome: Pin<Box<dyn Future<Output = Result<T, SessionError>>>> },
    }
}

impl<T> Extracting<T> {
    pub(super) fn ready(outcome: Result<T, SessionError>) -> Self {
        Self { state: State::Ready { outcome: future::ready(outcome) } }
    }

    pub(super) fn waiting(outcome: impl Future<Output = Result<T, SessionError>> + 'static) -> Self {
        Self { state: State::Waiting { outcome: Box::pin(outcome) } }
    }
}

impl<T> Future for Extracting<T> {
    type Output = Result<T, SessionError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Ready { outcome } => outcome.poll(context),
            StateProjection::Waiting { outcome } => outcome.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Extracting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extracting").finish_non_exhaustive()
    }
}
