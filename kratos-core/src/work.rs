//! Counts the steps that reading a request takes, for tests and fuzz targets: a step is a byte that is looked at. In every
//! other build, nothing is counted.

/// Adds a step for each of so many bytes, and one for the whole.
#[inline]
pub(crate) fn add(bytes: usize) {
    #[cfg(any(test, feature = "__fuzzing"))]
    counter::STEPS.set(counter::STEPS.get().saturating_add(bytes).saturating_add(1));
    #[cfg(not(any(test, feature = "__fuzzing")))]
    let _ = bytes;
}

#[cfg(any(test, feature = "__fuzzing"))]
#[cfg_attr(
    not(feature = "__fuzzing"),
    allow(unreachable_pub, reason = "the fuzz targets alone are outside")
)]
pub use counter::steps_of;

#[cfg(any(test, feature = "__fuzzing"))]
#[cfg_attr(not(feature = "__fuzzing"), allow(unreachable_pub, reason = "the fuzz targets alone are outside"))]
mod counter {
    use std::cell::Cell;

    thread_local!(pub(super) static STEPS: Cell<usize> = const { Cell::new(0) });

    /// Returns the steps that `read` takes on this thread.
    pub fn steps_of<T>(read: impl FnOnce() -> T) -> usize {
        STEPS.set(0);
        drop(read());
        STEPS.get()
    }
}
