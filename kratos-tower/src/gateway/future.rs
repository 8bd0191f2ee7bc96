use std::{
    convert::Infallible,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::Response;
use tokio::runtime::Handle;

use super::{GatewayBody, progress::Progress};

type Answering = Pin<Box<dyn Future<Output = Response<GatewayBody>> + Send>>;

/// The future of [`Gateway`](super::Gateway). Dropping it ends the call to Kratos, except one that may change sessions and
/// was sent: a task then waits for Kratos' response, which tells the sessions that ended, as long as the future would have,
/// with the same place among the calls in flight.
#[must_use = "a future does nothing unless it is polled"]
pub struct GatewayFuture {
    /// `None` once it is done.
    answering: Option<Answering>,
    progress: Progress,
}

impl GatewayFuture {
    pub(super) fn new(
        answering: impl Future<Output = Response<GatewayBody>> + Send + 'static,
        progress: Progress,
    ) -> Self {
        Self { answering: Some(Box::pin(answering)), progress }
    }
}

impl Future for GatewayFuture {
    type Output = Result<Response<GatewayBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // It must not be polled after its end.
        let Some(answering) = &mut self.answering else { return Poll::Pending };
        let response = ready!(answering.as_mut().poll(context));
        self.answering = None;
        Poll::Ready(Ok(response))
    }
}

impl Drop for GatewayFuture {
    fn drop(&mut self) {
        if let Some(answering) = self.answering.take()
            && self.progress.hang_up()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(answering);
        }
    }
}

impl fmt::Debug for GatewayFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayFuture").finish_non_exhaustive()
    }
}
