//! Measuring things side by side: in turns, so that whatever else the machine does strikes all alike.

use std::time::{Duration, Instant};

/// One thing that is measured. A call runs it `times` over and says how long that took; what it needs is made
/// before the clock starts.
pub struct Subject<'a> {
    pub name: &'static str,
    run: Box<dyn FnMut(usize) -> Duration + 'a>,
}

impl<'a> Subject<'a> {
    /// Measures `act` on inputs that `prepare` makes. Both the act and the drop of what it answers count.
    pub fn new<I, O>(
        name: &'static str,
        mut prepare: impl FnMut() -> I + 'a,
        mut act: impl FnMut(I) -> O + 'a,
    ) -> Self {
        let run = move |times: usize| {
            let inputs: Vec<I> = (0..times).map(|_| prepare()).collect();
            let start = Instant::now();
            for input in inputs {
                std::hint::black_box(act(input));
            }
            start.elapsed()
        };
        Self { name, run: Box::new(run) }
    }

    /// Measures something that takes its own time.
    pub fn timed(name: &'static str, run: impl FnMut(usize) -> Duration + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// What a subject took in each round, for one time.
pub struct Measured {
    pub name: &'static str,
    nanoseconds: Vec<f64>,
}

/// Runs every subject `times` over in each of `rounds` rounds, beginning with another one each round.
pub fn alternate(mut subjects: Vec<Subject<'_>>, rounds: usize, times: usize) -> Vec<Measured> {
    let count = subjects.len();
    let mut measured: Vec<Measured> =
        subjects.iter().map(|subject| Measured { name: subject.name, nanoseconds: Vec::new() }).collect();
    for subject in &mut subjects {
        (subject.run)(times);
    }
    for round in 0..rounds {
        for place in 0..count {
            let index = (round + place) % count;
            let took = (subjects[index].run)(times);
            measured[index].nanoseconds.push(took.as_secs_f64() * 1e9 / times as f64);
        }
    }
    measured
}

/// The one of this name.
pub fn of<'a>(all: &'a [Measured], name: &str) -> &'a Measured {
    all.iter().find(|measured| measured.name == name).unwrap()
}

impl Measured {
    /// The median time of one, in nanoseconds.
    pub fn median(&self) -> f64 {
        median(self.nanoseconds.iter().copied())
    }

    /// The median, over the rounds, of how much longer this took than `other` in the same round.
    pub fn over(&self, other: &Self) -> f64 {
        median(self.nanoseconds.iter().zip(&other.nanoseconds).map(|(this, other)| this - other))
    }

    /// The median, over the rounds, of this time to that of `other` in the same round.
    pub fn ratio(&self, other: &Self) -> f64 {
        median(self.nanoseconds.iter().zip(&other.nanoseconds).map(|(this, other)| this / other))
    }
}

/// The middle one.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
