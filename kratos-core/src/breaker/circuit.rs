//! The circuit's states: closed, open for a while, then one probe.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Opens after this many failures in a row.
#[derive(Debug)]
pub(super) struct Circuit {
    service: &'static str,
    failures: u32,
    open_for: Duration,
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
    /// One call is made; all others are refused until it ends.
    Probing,
}

impl Circuit {
    pub(super) fn new(service: &'static str, failures: u32, open_for: Duration) -> Self {
        Self { service, failures, open_for, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Returns how long calls are still refused, if they are. Changes nothing.
    pub(super) fn check(&self) -> Result<(), Duration> {
        match *self.lock() {
            State::Closed { .. } => Ok(()),
            State::Open { until } => left(until),
            State::Probing => Err(Duration::ZERO),
        }
    }

    /// Admits a call. Returns whether it is the probe.
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

    /// A call was answered.
    pub(super) fn answered(&self) {
        let mut state = self.lock();
        if !matches!(*state, State::Closed { .. }) {
            tracing::info!(target: "kratos", "{} answers again; calls resume", self.service);
        }
        *state = State::Closed { failures: 0 };
    }

    /// A call timed out.
    pub(super) fn failed(&self, probe: bool) {
        let mut state = self.lock();
        *state = match *state {
            State::Closed { failures } if failures.saturating_add(1) < self.failures => {
                State::Closed { failures: failures.saturating_add(1) }
            }
            State::Closed { .. } => {
                tracing::error!(
                    target: "kratos", open_for = ?self.open_for,
                    "{} timed out repeatedly; calls are suspended and requests get 503", self.service
                );
                self.open()
            }
            State::Probing if probe => self.open(),
            // Calls that were in flight when the circuit opened.
            State::Open { until } => State::Open { until },
            State::Probing => State::Probing,
        };
    }

    /// The probe was cut off; the next call probes.
    pub(super) fn abandoned(&self) {
        let mut state = self.lock();
        if matches!(*state, State::Probing) {
            *state = State::Open { until: Instant::now() };
        }
    }

    fn open(&self) -> State {
        let now = Instant::now();
        State::Open { until: now.checked_add(self.open_for).unwrap_or(now) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn left(until: Instant) -> Result<(), Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Ok(()) } else { Err(left) }
}
