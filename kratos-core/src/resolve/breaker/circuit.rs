//! The circuit alone: closed, open for a while, then one probe.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Opens after so many failures in a row.
#[derive(Debug)]
pub(super) struct Circuit {
    failures: u32,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
    },
    /// One asks; everybody else waits for what it learns.
    Probing,
}

impl Circuit {
    pub(super) fn new(failures: u32, pause: Duration) -> Self {
        Self { failures, pause, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// How long to stay away, if at all; it changes nothing.
    pub(super) fn check(&self) -> Result<(), Duration> {
        match *self.lock() {
            State::Closed { .. } => Ok(()),
            State::Open { until } => left(until),
            State::Probing => Err(Duration::ZERO),
        }
    }

    /// Lets a question through; the flag tells that it is the probe.
    pub(super) fn enter(&self) -> Result<bool, Duration> {
        let mut state = self.lock();
        match *state {
            State::Closed { .. } => Ok(false),
            State::Open { until } => {
                left(until)?;
                *state = State::Probing;
                Ok(true)
            }
            State::Probing => Err(Duration::ZERO),
        }
    }

    /// Somebody answered.
    pub(super) fn answered(&self) {
        let mut state = self.lock();
        if !matches!(*state, State::Closed { .. }) {
            tracing::info!(target: "kratos", "Kratos answers again: everybody asks it");
        }
        *state = State::Closed { failures: 0 };
    }

    /// Nobody answered in time.
    pub(super) fn failed(&self, probe: bool) {
        let mut state = self.lock();
        *state = match *state {
            State::Closed { failures } if failures.saturating_add(1) < self.failures => {
                State::Closed { failures: failures.saturating_add(1) }
            }
            State::Closed { .. } => {
                tracing::error!(
                    target: "kratos", pause = ?self.pause,
                    "Kratos does not answer in time: nobody asks it for a while, and everybody gets 503"
                );
                State::Open { until: Instant::now() + self.pause }
            }
            State::Probing if probe => State::Open { until: Instant::now() + self.pause },
            // Questions that were under way when it opened.
            State::Open { until } => State::Open { until },
            State::Probing => State::Probing,
        };
    }

    /// The probe's client hung up: the next one probes.
    pub(super) fn abandoned(&self) {
        let mut state = self.lock();
        if matches!(*state, State::Probing) {
            *state = State::Open { until: Instant::now() };
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn left(until: Instant) -> Result<(), Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Ok(()) } else { Err(left) }
}
