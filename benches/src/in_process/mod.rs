//! Requests without a network: a service is called, and its response is ready at once.

pub mod actix;
pub mod axum;
pub mod axum_login;

use std::time::{Duration, Instant};

use crate::alternate::{Subject, calls};

/// A service and its requests.
pub struct App {
    pub name: &'static str,
    round: Box<dyn FnMut(usize) -> Round>,
}

struct Round {
    took: Duration,
    allocations: u64,
}

impl App {
    /// An application that calls `call` with what `make` returns. Only the call is measured.
    pub fn new<R>(
        name: &'static str,
        mut make: impl FnMut() -> R + 'static,
        mut call: impl FnMut(R) + 'static,
    ) -> Self {
        // The first request fills the cache; the others set up what is set up once.
        for _ in 0..200 {
            call(make());
        }
        let round = move |times| {
            let mut requests: Vec<R> = (0..times).map(|_| make()).collect();
            let start = Instant::now();
            let counted = allocation_counter::measure(|| calls(|| requests.drain(..).for_each(&mut call)));
            Round { took: start.elapsed(), allocations: counted.count_total }
        };
        Self { name, round: Box::new(round) }
    }

    /// Allocations of one call.
    pub fn allocations(&mut self) -> f64 {
        const TIMES: usize = 1024;
        (self.round)(TIMES).allocations as f64 / TIMES as f64
    }

    pub fn subject(&mut self) -> Subject<'_> {
        Subject::timed(self.name, |times| (self.round)(times).took)
    }
}
