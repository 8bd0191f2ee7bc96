//! Keeping a dead Kratos from holding the application.
//!
//! What a dead service costs its callers is waiting: each request holds its task, its memory and a connection until
//! the timeout. So two bounds: how many questions are under way at once (a bulkhead), and how long questions go on
//! being asked that nobody answers in time (a circuit breaker).

mod circuit;

use std::{sync::Arc, time::Duration};

use tokio::sync::{Semaphore, SemaphorePermit};

use self::circuit::Circuit;
use super::ResolveError;

/// Bounds what a Kratos that does not answer may hold. [`HttpResolver`](super::HttpResolver) has one by default;
/// everybody beyond the bounds gets 503 with `Retry-After` at once, and nobody is let through or signed out.
///
/// Only questions that Kratos left without an answer until the timeout open the circuit: whatever fails at once
/// (a refused connection, a 500) holds nothing, is asked anew each time and works again with the next request. Nor
/// can a client open it for others by a request that Kratos refuses.
///
/// Clones share their counts.
#[derive(Clone, Debug)]
pub struct CircuitBreaker(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: Limits,
    places: Semaphore,
    circuit: Circuit,
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    in_flight: usize,
    queue_wait: Duration,
    failures: u32,
    pause: Duration,
}

/// How long to stay away from a Kratos that is asked by too many already.
const CROWDED: Duration = Duration::from_secs(1);

impl CircuitBreaker {
    /// The defaults: 512 questions at once, 250 ms to wait for a place, open after 10 timeouts in a row for 1 s.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Limits {
            in_flight: 512,
            queue_wait: Duration::from_millis(250),
            failures: 10,
            pause: Duration::from_secs(1),
        })
    }

    /// How many questions may be under way at once. Default 512. A Kratos that answers within 10 ms serves 50,000
    /// requests a second by them. Zero asks nobody.
    #[must_use]
    pub fn with_max_in_flight(self, questions: usize) -> Self {
        Self::with(Limits { in_flight: questions.min(Semaphore::MAX_PERMITS), ..self.0.limits })
    }

    /// How long a request waits for a place among them. Default 250 ms; zero does not wait.
    #[must_use]
    pub fn with_queue_wait(self, wait: Duration) -> Self {
        Self::with(Limits { queue_wait: wait, ..self.0.limits })
    }

    /// After how many timeouts in a row nobody asks any more. Default 10. Zero counts as one.
    #[must_use]
    pub fn with_failure_threshold(self, timeouts: u32) -> Self {
        Self::with(Limits { failures: timeouts.max(1), ..self.0.limits })
    }

    /// For how long. Default 1 s. Then one request asks, while the others are still refused; if it is answered, all
    /// ask again. So a Kratos that is back is noticed after this time and one answer.
    #[must_use]
    pub fn with_open_duration(self, pause: Duration) -> Self {
        Self::with(Limits { pause, ..self.0.limits })
    }

    /// The same limits, shared with nobody.
    #[must_use]
    pub fn separate(&self) -> Self {
        Self::with(self.0.limits)
    }

    fn with(limits: Limits) -> Self {
        let places = Semaphore::new(limits.in_flight);
        let circuit = Circuit::new(limits.failures, limits.pause);
        Self(Arc::new(Inner { limits, places, circuit }))
    }

    /// Leave to ask one question.
    pub(super) async fn enter(&self) -> Result<Leave<'_>, ResolveError> {
        // Whoever finds it open does not wait for a place.
        self.0.circuit.check().map_err(open)?;
        let place = self.place().await?;
        let probe = self.0.circuit.enter().map_err(open)?;
        Ok(Leave { circuit: &self.0.circuit, probe, told: false, _place: place })
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, ResolveError> {
        let Inner { places, limits, .. } = &*self.0;
        if let Ok(place) = places.try_acquire() {
            return Ok(place);
        }
        match tokio::time::timeout(limits.queue_wait, places.acquire()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(crowded()),
        }
    }
}

impl Default for CircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

fn open(left: Duration) -> ResolveError {
    ResolveError::unavailable("Kratos did not answer in time lately, and is left alone for a moment")
        .with_retry_after(Some(left.max(CROWDED)))
}

fn crowded() -> ResolveError {
    ResolveError::crowded().with_retry_after(Some(CROWDED))
}

/// Leave to ask; tell it how it went. Dropped without that (the client hung up), it counts as nothing.
#[derive(Debug)]
pub(super) struct Leave<'a> {
    circuit: &'a Circuit,
    probe: bool,
    told: bool,
    _place: SemaphorePermit<'a>,
}

impl Leave<'_> {
    /// Whether somebody answered, however badly, or nobody did in time.
    pub(super) fn tell(mut self, timed_out: bool) {
        self.told = true;
        if timed_out {
            self.circuit.failed(self.probe);
        } else {
            self.circuit.answered();
        }
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if !self.told && self.probe {
            self.circuit.abandoned();
        }
    }
}

#[cfg(test)]
mod tests;
