//! Measures subjects in turns, so that other load affects all of them alike. Or runs one of them for callgrind.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

/// The one subject that is counted, if any, and how often it runs.
pub static COUNTED: OnceLock<(String, usize)> = OnceLock::new();
static WARM: OnceLock<()> = OnceLock::new();

/// Runs what is measured, without the preparation of its inputs.
pub fn calls<O>(act: impl FnOnce() -> O) -> O {
    if WARM.get().is_some() { counted_calls(act) } else { act() }
}

/// The name that callgrind's `--toggle-collect` matches.
#[inline(never)]
fn counted_calls<O>(act: impl FnOnce() -> O) -> O {
    act()
}

/// Runs the subject that is to be counted, and ends the program.
fn count(subjects: &mut [Subject<'_>], name: &str, times: usize) {
    if let Some(subject) = subjects.iter_mut().find(|subject| subject.name == name) {
        (subject.run)(20);
        WARM.set(()).unwrap();
        (subject.run)(times);
        std::process::exit(0);
    }
}

/// One subject. A call runs it `times` times and returns how long that took; its inputs are made before the clock
/// starts.
pub struct Subject<'a> {
    pub name: &'static str,
    run: Box<dyn FnMut(usize) -> Duration + 'a>,
}

impl<'a> Subject<'a> {
    /// Measures `act` on inputs that `prepare` returns. Dropping the output counts.
    pub fn new<I, O>(
        name: &'static str,
        mut prepare: impl FnMut() -> I + 'a,
        mut act: impl FnMut(I) -> O + 'a,
    ) -> Self {
        let run = move |times: usize| {
            let inputs: Vec<I> = (0..times).map(|_| prepare()).collect();
            let start = Instant::now();
            calls(|| {
                for input in inputs {
                    std::hint::black_box(act(input));
                }
            });
            start.elapsed()
        };
        Self { name, run: Box::new(run) }
    }

    /// Measures a function that returns how long it took.
    pub fn timed(name: &'static str, run: impl FnMut(usize) -> Duration + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// The time of one call in each round.
pub struct Measured {
    pub name: &'static str,
    nanoseconds: Vec<f64>,
}

/// Runs every subject `times` times in each of `rounds` rounds. Each round starts with another subject.
pub fn alternate(mut subjects: Vec<Subject<'_>>, rounds: usize, times: usize) -> Vec<Measured> {
    if let Some((name, times)) = COUNTED.get() {
        count(&mut subjects, name, *times);
    }
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

/// Finds a subject by name.
pub fn of<'a>(all: &'a [Measured], name: &str) -> &'a Measured {
    all.iter().find(|measured| measured.name == name).unwrap()
}

impl Measured {
    /// The median time of one call, in nanoseconds.
    pub fn median(&self) -> f64 {
        median(self.nanoseconds.iter().copied())
    }

    /// The median of the differences to `other` in the same round, in nanoseconds.
    pub fn over(&self, other: &Self) -> f64 {
        median(self.nanoseconds.iter().zip(&other.nanoseconds).map(|(this, other)| this - other))
    }

    /// The median of the ratios to `other` in the same round.
    pub fn ratio(&self, other: &Self) -> f64 {
        median(self.nanoseconds.iter().zip(&other.nanoseconds).map(|(this, other)| this / other))
    }
}

/// The middle value.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
