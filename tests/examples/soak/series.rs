//! Outcomes and latencies of visits.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;

/// Requests whose latencies are reported together.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Series {
    /// A route that needs no session.
    Open,
    /// whoami itself.
    Control,
    /// A session that Kratos is called for.
    Live,
    /// A session that may be cached.
    Cached,
    /// A JWT, verified locally.
    Token,
    /// A rendered self-service page.
    Page,
    Other,
}

impl Series {
    pub(crate) const ALL: [&'static str; 7] = ["open", "whoami", "live", "cached", "token", "page", "other"];
}

/// The outcome of a visit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// The response expected with a healthy Kratos.
    Expected,
    /// A 429, 500 or 503 during a fault.
    Shielded,
    /// Another user's data, or data without permission.
    OpenDoor,
    /// 401 with a valid session.
    LostLogin,
    /// Any other response.
    OutOfPlace,
    /// No response from the application.
    Broken,
    /// A visit that was not started because too many were in flight.
    Skipped,
}

impl Outcome {
    const ALL: [&'static str; 7] =
        ["expected", "shielded", "unauthorized", "lost login", "unexpected", "broken", "skipped"];

    fn is_wrong(self) -> bool {
        !matches!(self, Self::Expected | Self::Shielded)
    }
}

/// The latencies of a sample, in microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    pub(crate) count: u64,
    pub(crate) p50: u64,
    pub(crate) p99: u64,
}

#[derive(Debug)]
pub(crate) struct Seen {
    times: Mutex<[Histogram<u32>; 7]>,
    outcomes: [AtomicU64; 7],
}

/// The number of failures that are printed.
const TOLD: u64 = 20;

impl Seen {
    pub(crate) fn new() -> Self {
        let histogram = || Histogram::new_with_bounds(1, 60_000_000, 2).expect("bounds");
        Self { times: Mutex::new(std::array::from_fn(|_| histogram())), outcomes: Default::default() }
    }

    pub(crate) fn latency(&self, series: Series, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times[series as usize].saturating_record(micros);
    }

    pub(crate) fn outcome(&self, outcome: Outcome, tell: impl FnOnce() -> String) {
        let before = self.outcomes[outcome as usize].fetch_add(1, Ordering::Relaxed);
        if outcome.is_wrong() && before < TOLD {
            eprintln!("{}: {}", Outcome::ALL[outcome as usize], tell());
        }
    }

    /// The latencies since the last call.
    pub(crate) fn take(&self) -> [Times; 7] {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        std::array::from_fn(|n| {
            let known = &mut times[n];
            let (p50, p99) = (known.value_at_quantile(0.5), known.value_at_quantile(0.99));
            let taken = Times { count: known.len(), p50, p99 };
            known.reset();
            taken
        })
    }

    /// Every outcome and its count.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.outcomes.iter().map(|count| count.load(Ordering::Relaxed));
        Outcome::ALL.into_iter().zip(counts)
    }

    /// The number of wrong responses.
    pub(crate) fn wrong(&self) -> u64 {
        let right = Outcome::Shielded as usize;
        self.outcomes.iter().skip(right + 1).map(|count| count.load(Ordering::Relaxed)).sum()
    }
}
