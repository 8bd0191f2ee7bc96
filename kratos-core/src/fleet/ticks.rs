//! The monotonic clock of a process.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

/// Nanoseconds since the first use in this process. Never zero, which stands for "never".
pub(crate) fn now() -> u64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    let passed = ORIGIN.get_or_init(Instant::now).elapsed();
    // 584 years.
    passed.as_secs().wrapping_mul(1_000_000_000).wrapping_add(u64::from(passed.subsec_nanos())) | 1
}

/// `duration` after `from`.
pub(crate) fn after(from: u64, duration: Duration) -> u64 {
    from.saturating_add(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
}

/// The time from one tick to a later one.
pub(crate) fn between(from: u64, to: u64) -> Duration {
    Duration::from_nanos(to.saturating_sub(from))
}
