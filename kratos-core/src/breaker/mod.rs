//! Limits what an unresponsive Kratos costs.
//!
//! An unresponsive service makes its callers wait: each request holds a task, memory and a connection until the
//! timeout. A bulkhead limits the calls in flight, and a circuit breaker stops calls after repeated timeouts.

mod circuit;
mod gate;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use self::circuit::Circuit;

pub(crate) use gate::Gate;
pub use gate::{NotMade, bulkhead, for_service, guarded};

/// Limits the requests an unresponsive Kratos can tie up. [`HttpResolver`](crate::resolve::HttpResolver) has one by default.
/// Requests beyond the limits get 503 with `Retry-After` at once; none is let through or treated as anonymous.
///
/// Only timeouts open the circuit, and calls that the request's end cut off after more than 1 s without an answer. A
/// fast failure (a refused connection, a 500) ties nothing up, and the next request calls again. A caller cannot open
/// the circuit for others by a request that Kratos refuses.
///
/// Clones share their state.
#[derive(Clone, Debug)]
pub struct CircuitBreaker(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: Limits,
    places: Arc<Semaphore>,
    circuit: Arc<Circuit>,
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    /// The service that is called, for logs.
    service: &'static str,
    in_flight: usize,
    queue_wait: Duration,
    failures: u32,
    open_for: Duration,
}

/// The `Retry-After` when too many calls are in flight.
const CROWDED: Duration = Duration::from_secs(1);
/// A call that is dropped after so long without an answer counts as a timeout. Callers that hang up before the
/// timeout would keep the circuit closed otherwise.
const UNANSWERED: Duration = Duration::from_secs(1);
/// The longest durations in effect: a year, which every clock can add.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl CircuitBreaker {
    /// Creates a breaker with the defaults: 512 calls in flight, a queue wait of 250 ms, and an open circuit for 1 s
    /// after 10 timeouts in a row.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Limits {
            service: "Kratos",
            in_flight: 512,
            queue_wait: Duration::from_millis(250),
            failures: 10,
            open_for: Duration::from_secs(1),
        })
    }

    /// Sets how many calls may be in flight. Default 512, which at 10 ms each serve 50,000 requests a second. Zero
    /// allows none.
    #[must_use]
    pub fn with_max_in_flight(self, calls: usize) -> Self {
        Self::with(Limits { in_flight: calls.min(Semaphore::MAX_PERMITS), ..self.0.limits })
    }

    /// Sets how long a request waits for its turn when too many calls are in flight. Default 250 ms; zero does not
    /// wait; at most a year.
    #[must_use]
    pub fn with_queue_wait(self, wait: Duration) -> Self {
        Self::with(Limits { queue_wait: wait.min(LONGEST), ..self.0.limits })
    }

    /// Sets how many timeouts in a row open the circuit. Default 10. Zero counts as one.
    #[must_use]
    pub fn with_failure_threshold(self, timeouts: u32) -> Self {
        Self::with(Limits { failures: timeouts.max(1), ..self.0.limits })
    }

    /// Sets how long the circuit stays open. Default 1 s; at most a year. Then one request calls as a probe while the
    /// others are still refused. An answer to the probe closes the circuit.
    #[must_use]
    pub fn with_open_duration(self, duration: Duration) -> Self {
        Self::with(Limits { open_for: duration.min(LONGEST), ..self.0.limits })
    }

    /// Creates a breaker with the same limits and a state of its own.
    #[must_use]
    pub fn separate(&self) -> Self {
        Self::with(self.0.limits)
    }

    /// Shares the circuit, with a bulkhead of its own: for another kind of call to the same Kratos, so that the calls of
    /// one kind cannot take the places of another.
    pub(crate) fn bulkhead(&self, in_flight: usize) -> Self {
        let limits = Limits { in_flight, ..self.0.limits };
        let places = Arc::new(Semaphore::new(in_flight));
        Self(Arc::new(Inner { limits, places, circuit: Arc::clone(&self.0.circuit) }))
    }

    fn with(limits: Limits) -> Self {
        let places = Arc::new(Semaphore::new(limits.in_flight));
        let circuit = Arc::new(Circuit::new(limits.service, limits.failures, limits.open_for));
        Self(Arc::new(Inner { limits, places, circuit }))
    }

    /// Permits one call, or says why it must not be made.
    pub(crate) async fn enter(&self) -> Result<Leave, Withheld> {
        // An open circuit refuses without waiting for a place.
        self.0.circuit.check().map_err(open)?;
        let place = self.place().await?;
        let probe = self.0.circuit.enter().map_err(open)?;
        Ok(Leave {
            breaker: self.clone(),
            probe,
            entered: Instant::now(),
            unanswered: UNANSWERED,
            told: false,
            _place: place,
        })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Withheld> {
        let Inner { places, limits, .. } = &*self.0;
        if let Ok(place) = Arc::clone(places).try_acquire_owned() {
            return Ok(place);
        }
        match tokio::time::timeout(limits.queue_wait, Arc::clone(places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Withheld::Crowded),
        }
    }
}

impl Default for CircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a call is not made. Public for kratos-oauth2 alone.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum Withheld {
    #[error("Kratos timed out repeatedly; calls are suspended for a moment")]
    Open {
        /// The time after which to call again.
        retry_after: Duration,
    },
    #[error("too many calls to Kratos are in flight")]
    Crowded,
}

impl Withheld {
    /// The time after which to call again.
    #[must_use]
    pub fn retry_after(self) -> Duration {
        match self {
            Self::Open { retry_after } => retry_after,
            Self::Crowded => CROWDED,
        }
    }
}

fn open(left: Duration) -> Withheld {
    Withheld::Open { retry_after: left.max(CROWDED) }
}

/// The permit for one call. [`Leave::tell`] reports its outcome; dropping it reports that the call was cut off.
#[derive(Debug)]
pub(crate) struct Leave {
    breaker: CircuitBreaker,
    probe: bool,
    entered: Instant,
    unanswered: Duration,
    told: bool,
    _place: OwnedSemaphorePermit,
}

impl Leave {
    /// Whether this call decides if the circuit closes. It must then run to its end, whatever becomes of the request.
    fn is_probe(&self) -> bool {
        self.probe
    }

    /// Reports that the call timed out, or that an answer came, however bad.
    fn tell(mut self, timed_out: bool) {
        if timed_out {
            self.report_timeout();
        } else {
            self.report_answer();
        }
    }

    fn report_timeout(&mut self) {
        self.told = true;
        self.breaker.0.circuit.failed(self.probe);
    }

    fn report_answer(&mut self) {
        self.told = true;
        self.breaker.0.circuit.answered();
    }
}

/// A call whose request and response are streamed: its outcome is known before it ends.
#[cfg(feature = "gateway")]
impl Leave {
    /// Counts a call as timed out only if it is dropped after so long without an answer.
    pub(crate) fn with_unanswered(mut self, unanswered: Duration) -> Self {
        self.unanswered = unanswered;
        self
    }

    /// Counts the time without an answer from `now` on.
    pub(crate) fn restart(&mut self, now: Instant) {
        self.entered = now;
    }

    /// Reports that an answer came. The place stays taken until this is dropped.
    pub(crate) fn answered(&mut self) {
        self.report_answer();
    }

    /// Reports that the call timed out.
    pub(crate) fn timed_out(&mut self) {
        self.report_timeout();
    }

    /// Reports nothing: the call ended without an answer, and not by Kratos' silence.
    pub(crate) fn withdraw(&mut self) {
        if !self.told && self.probe {
            self.breaker.0.circuit.abandoned();
        }
        self.told = true;
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        let circuit = &self.breaker.0.circuit;
        match (self.told, self.entered.elapsed() >= self.unanswered) {
            (true, _) => {}
            (false, true) => circuit.failed(self.probe),
            (false, false) if self.probe => circuit.abandoned(),
            (false, false) => {}
        }
    }
}

#[cfg(test)]
mod tests;
