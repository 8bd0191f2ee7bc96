//! Does one thing many times, for callgrind to count: `kratos-instructions SUBJECT TIMES [SIZE]`. `just instructions`
//! compares the counts of a few subjects with committed ones.
//!
//! Only what [`measured_calls`] does is counted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program that cannot go on has failed"
)]

mod fixture;
mod hooks;
mod sizes;
mod subjects;

use std::hint::black_box;

/// One thing to count: the inputs are made before.
type Run = Box<dyn FnMut(usize) -> Vec<Box<dyn FnOnce()>>>;

/// The name that callgrind's `--toggle-collect` matches.
#[inline(never)]
fn measured_calls(calls: Vec<Box<dyn FnOnce()>>) {
    for call in calls {
        black_box(call)();
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let subject = arguments.next().unwrap_or_default();
    let mut number = || arguments.next().and_then(|text| text.parse::<usize>().ok());
    let (times, size) = (number().unwrap_or(1), number().unwrap_or_default());
    let mut run = subjects::of(&subject, size);
    // The first calls set up whatever is set up once.
    for call in run(20) {
        call();
    }
    let calls = run(times);
    measured_calls(calls);
}
