//! Trying again.

use std::time::Duration;

use crate::transport::{Reply, TransportFailure};

/// How often a call is tried again. Default: never.
///
/// A call is tried again only where that is safe: when no connection came about, which holds for every call; and,
/// for reads that change nothing, when the connection broke or the answer is 502, 503 or 504. A call that timed
/// out is not tried again: it has cost its time. Each try has the whole timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    times: u32,
    pause: Duration,
}

impl RetryPolicy {
    /// Never.
    #[must_use]
    pub fn none() -> Self {
        Self::new(0)
    }

    /// At most so many times after the first, with a pause of 100 ms before the first and twice as long before
    /// each next.
    #[must_use]
    pub fn new(times: u32) -> Self {
        Self { times, pause: Duration::from_millis(100) }
    }

    /// Another first pause.
    #[must_use]
    pub fn with_open_duration(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// How long to wait before trying again; `None` when the outcome stands.
    pub(super) fn pause_after(
        &self,
        tried: u32,
        repeatable: bool,
        outcome: &Result<Reply, TransportFailure>,
    ) -> Option<Duration> {
        let again = match outcome {
            Err(TransportFailure::Unreachable(_)) => true,
            Err(TransportFailure::Broken(_)) => repeatable,
            Ok(reply) => repeatable && matches!(reply.status.as_u16(), 502..=504),
            Err(_) => false,
        };
        let pause = self.pause.saturating_mul(2_u32.saturating_pow(tried));
        (again && tried < self.times).then_some(pause)
    }
}
