//! The future of a guard.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::Rejection;

type Outcome<T> = Result<T, Rejection>;

/// The future of a guard: ready at once when the session is cached, boxed otherwise. It borrows nothing.
#[must_use = "a guard guards nothing until it is awaited"]
pub struct GuardFuture<T>(State<T>);

enum State<T> {
    Ready(Option<Outcome<T>>),
    Waiting(Pin<Box<dyn Future<Output = Outcome<T>> + Send>>),
}

impl<T> GuardFuture<T> {
    pub(super) fn ready(outcome: Outcome<T>) -> Self {
        Self(State::Ready(Some(outcome)))
    }

    pub(super) fn waiting(question: impl Future<Output = Outcome<T>> + Send + 'static) -> Self {
        Self(State::Waiting(Box::pin(question)))
    }

    /// Returns the outcome without waiting, so that middleware can call its inner service at once.
    ///
    /// # Errors
    /// The future itself, when Kratos must be asked.
    pub fn into_ready(self) -> Result<Outcome<T>, Self> {
        match self.0 {
            State::Ready(Some(outcome)) => Ok(outcome),
            waiting => Err(Self(waiting)),
        }
    }

    /// Converts the value.
    pub(super) fn map<U: 'static>(self, convert: impl FnOnce(T) -> U + Send + 'static) -> GuardFuture<U>
    where
        T: 'static,
    {
        match self.0 {
            State::Ready(outcome) => GuardFuture(State::Ready(outcome.map(|outcome| outcome.map(convert)))),
            State::Waiting(question) => GuardFuture::waiting(async move { question.await.map(convert) }),
        }
    }
}

// Nothing in it is pinned in place.
impl<T> Unpin for GuardFuture<T> {}

impl<T> Future for GuardFuture<T> {
    type Output = Outcome<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome<T>> {
        match &mut self.0 {
            State::Ready(outcome) => match outcome.take() {
                Some(outcome) => Poll::Ready(outcome),
                // Polled after completion.
                None => Poll::Pending,
            },
            State::Waiting(question) => question.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for GuardFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardFuture").finish_non_exhaustive()
    }
}
