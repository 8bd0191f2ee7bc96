//! When failed calls are retried.

use std::time::Duration;

use crate::transport::{Reply, TransportFailure};

/// When failed calls are retried. Default: never.
///
/// A call is retried if no connection was established. A call that only reads is also retried if the connection breaks or
/// Kratos answers 502, 503 or 504. A call that timed out is not retried. The timeout applies to each attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    times: u32,
    initial_delay: Duration,
}

impl RetryPolicy {
    /// Never retries.
    #[must_use]
    pub fn none() -> Self {
        Self::new(0)
    }

    /// Retries up to `times` times with exponential backoff from 100 ms.
    #[must_use]
    pub fn new(times: u32) -> Self {
        Self { times, initial_delay: Duration::from_millis(100) }
    }

    /// Sets the delay before the first retry. Each further delay is twice as long. Default: 100 ms.
    #[must_use]
    pub fn with_initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Returns the delay before the next attempt; `None` if the outcome is final.
    pub(super) fn delay_after(
        &self,
        retries: u32,
        repeatable: bool,
        outcome: &Result<Reply, TransportFailure>,
    ) -> Option<Duration> {
        let retryable = match outcome {
            Err(TransportFailure::Unreachable(_)) => true,
            Err(TransportFailure::Broken(_)) => repeatable,
            Ok(reply) => repeatable && matches!(reply.status.as_u16(), 502..=504),
            Err(_) => false,
        };
        let delay = self.initial_delay.saturating_mul(2_u32.saturating_pow(retries));
        (retryable && retries < self.times).then_some(delay)
    }
}
