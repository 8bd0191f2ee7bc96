//! Requests that never see a network: a service is called, and answers in the same breath.

pub mod actix;
pub mod axum;
pub mod axum_login;

use std::time::{Duration, Instant};

use crate::alternate::Subject;

/// A service, and the requests that it is called with.
pub struct App {
    pub name: &'static str,
    round: Box<dyn FnMut(usize) -> Round>,
}

struct Round {
    took: Duration,
    allocations: u64,
}

impl App {
    /// An application that `call`s with what `make` makes. Only the call is measured.
    pub fn new<R>(
        name: &'static str,
        mut make: impl FnMut() -> R + 'static,
        mut call: impl FnMut(R) + 'static,
    ) -> Self {
        // The first fills the cache; some more, and whatever is set up once is.
        for _ in 0..200 {
            call(make());
        }
        let round = move |times| {
            let mut requests: Vec<R> = (0..times).map(|_| make()).collect();
            let start = Instant::now();
            let counted = allocation_counter::measure(|| requests.drain(..).for_each(&mut call));
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
