//! Counters in a fixed number of cells.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The cells of one counter: 1 MiB.
const CELLS: usize = 64 * 1024;
/// The cells that a key may take. The one that has recovered most gives way, so that a flood of keys cannot free one that has
/// reached its limit before it has recovered.
const WAYS: usize = 8;

/// Rates by the generic cell rate algorithm (ITU-T I.371): a key costs one number.
#[derive(Debug)]
pub(super) struct Cells {
    hasher: RandomState,
    since: Instant,
    /// Nanoseconds that one admission takes to recover.
    interval: u64,
    /// Nanoseconds that admissions may be ahead.
    ahead: u64,
    rows: Box<[Mutex<[Cell; WAYS]>]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    key: u64,
    /// When the key has recovered, in nanoseconds since the start.
    recovered: u64,
}

impl Cells {
    /// Admits `burst` in a period.
    pub(super) fn new(burst: u32, period: Duration) -> Self {
        let period = u64::try_from(period.as_nanos()).unwrap_or(u64::MAX);
        let interval = period.checked_div(u64::from(burst)).unwrap_or(u64::MAX).max(1);
        let ahead = interval.saturating_mul(u64::from(burst));
        let rows = std::iter::repeat_with(Mutex::default).take(CELLS / WAYS).collect();
        Self { hasher: RandomState::new(), since: Instant::now(), interval, ahead, rows }
    }

    /// Counts one, or returns when to try again.
    pub(super) fn count(&self, key: &[u8]) -> Result<(), Duration> {
        let now = u64::try_from(self.since.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.count_at(key, now)
    }

    fn count_at(&self, key: &[u8], now: u64) -> Result<(), Duration> {
        let key = self.hasher.hash_one(key);
        let rows = u64::try_from(self.rows.len()).unwrap_or(1);
        let row = usize::try_from(key % rows).ok().and_then(|row| self.rows.get(row));
        let Some(row) = row else { return Ok(()) };
        let mut row = row.lock().unwrap_or_else(PoisonError::into_inner);
        let known = row.iter().position(|cell| cell.key == key);
        let oldest = || row.iter().enumerate().min_by_key(|(_, cell)| cell.recovered).map(|(place, _)| place);
        let Some(cell) = known.or_else(oldest).and_then(|place| row.get_mut(place)) else { return Ok(()) };
        if cell.key != key {
            *cell = Cell { key, recovered: 0 };
        }
        let recovered = cell.recovered.max(now).saturating_add(self.interval);
        let ahead = recovered.saturating_sub(now);
        if ahead > self.ahead {
            return Err(Duration::from_nanos(ahead - self.ahead));
        }
        cell.recovered = recovered;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let cells = Cells::new(3, Duration::from_secs(30));
        for _ in 0..3 {
            assert_eq!(cells.count_at(b"a", 0), Ok(()));
        }
        assert_eq!(cells.count_at(b"a", 0), Err(Duration::from_secs(10)));
        assert_eq!(cells.count_at(b"b", 0), Ok(()), "another key has its own");
        assert_eq!(cells.count_at(b"a", 9 * SECOND), Err(Duration::from_secs(1)));
        assert_eq!(cells.count_at(b"a", 10 * SECOND), Ok(()), "what is refused does not count");
        assert_eq!(cells.count_at(b"a", 10 * SECOND), Err(Duration::from_secs(10)));
        for _ in 0..3 {
            assert_eq!(cells.count_at(b"a", 100 * SECOND), Ok(()));
        }
        assert!(Cells::new(0, Duration::from_secs(1)).count_at(b"a", SECOND).is_err());
    }

    /// Far more keys than cells: one that has reached its limit stays so.
    #[test]
    fn a_flood_of_keys_frees_none() {
        let cells = Cells::new(2, Duration::from_secs(60));
        for _ in 0..2 {
            assert_eq!(cells.count_at(b"victim", 0), Ok(()));
        }
        for number in 0..4 * CELLS {
            let _ = cells.count_at(&number.to_le_bytes(), 0);
        }
        assert!(cells.count_at(b"victim", 0).is_err());
    }
}
