//! Counts the clones of a `Kratos` apart for each thread.
//!
//! Each request holds a clone. One count for all of them would be a cache line that every core writes twice a request.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread::available_parallelism,
};

use super::Kratos;

/// At most this many, of 256 bytes each.
const MOST: usize = 64;

/// Values that share everything but the count of their clones.
pub(super) struct Replicas(Box<[Kratos]>);

impl Replicas {
    /// One for each core.
    pub(super) fn of(kratos: &Kratos) -> Self {
        let cores = available_parallelism().map_or(1, NonZero::get);
        Self((0..cores.min(MOST)).map(|_| kratos.replica()).collect())
    }

    /// The one that this thread clones.
    pub(super) fn of_this_thread(&self) -> Option<&Kratos> {
        self.0.get(number_of_this_thread().checked_rem(self.0.len())?)
    }
}

/// Threads are numbered in the order in which they ask.
fn number_of_this_thread() -> usize {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static NUMBER: usize = THREADS.fetch_add(1, Ordering::Relaxed);
    }
    // Without a number while the thread ends: any replica does.
    NUMBER.try_with(|number| *number).unwrap_or_default()
}

#[cfg(test)]
mod tests;
