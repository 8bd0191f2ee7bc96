//! What a shared store does.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use super::StoreError;
use crate::credential::CacheKey;

/// A store that the processes of a fleet share: entries, leases, and a log of revocations.
///
/// The bytes of entries and records are sealed: a store keeps them as they are. Every call may be dropped at any time; the
/// caller limits how long it waits. `kratos_testkit::fleet` checks an implementation.
#[async_trait]
pub trait FleetStore: Send + Sync {
    /// Returns the entry of a key, or `None`.
    ///
    /// # Errors
    /// When the engine is away or refuses.
    async fn get(&self, key: &CacheKey) -> Result<Option<Bytes>, StoreError>;

    /// Stores an entry for at most `ttl`, replacing an earlier one. A store may drop entries at any time.
    ///
    /// # Errors
    /// When the engine is away or refuses.
    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError>;

    /// Takes the lease of a key for `time`, if no process has it.
    ///
    /// # Errors
    /// When the engine is away or refuses.
    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError>;

    /// Says that there is nothing to wait for: for `time`, [`FleetStore::lease`] returns [`Lease::Open`]. A lease whose process
    /// stored an entry is left to end by itself.
    ///
    /// # Errors
    /// When the engine is away or refuses.
    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError>;

    /// Appends these records to the log, in this order. After `Ok` every [`FleetStore::read`] that begins later returns
    /// them, or another generation. The log keeps the newest records, at least 10,000.
    ///
    /// # Errors
    /// When the engine is away or refuses. Some of the records may have been appended.
    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError>;

    /// Reads at most `limit` records after a position, the oldest first; with `None` from the oldest that is kept.
    ///
    /// `Ok` also means that the engine would have accepted an append: a store that is full, read-only or cut off from its
    /// replicas answers with an error.
    ///
    /// # Errors
    /// When the engine is away or refuses.
    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError>;

    /// Waits until the log may have a new record, at most for `at_most`. It may return early; its end says nothing.
    ///
    /// The default sleeps.
    async fn changed(&self, at_most: Duration) {
        tokio::time::sleep(at_most).await;
    }
}

/// The answer to a request for a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lease {
    /// The caller has the lease, and calls Kratos.
    Acquired,
    /// Another process has it, and will store an entry.
    Held,
    /// There is nothing to wait for: the process that had it found no session to store.
    Open,
}

/// A place in the log. Later records have greater ones; zero precedes all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogPosition(u128);

impl LogPosition {
    /// Wraps a number that grows with each record.
    #[must_use]
    pub const fn new(number: u128) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub const fn get(self) -> u128 {
        self.0
    }
}

/// A random name of the log's history. It changes whenever acknowledged records may have been lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Generation([u8; 16]);

impl Generation {
    /// Wraps 16 random bytes.
    #[must_use]
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A part of the log.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LogPage {
    /// The generation, at the time of this read.
    pub generation: Generation,
    /// The position of the oldest record that is kept; `None` when there is none. Read not before the records.
    pub oldest: Option<LogPosition>,
    /// The records, the oldest first.
    pub records: Vec<(LogPosition, Bytes)>,
}

impl LogPage {
    /// Makes a page.
    #[must_use]
    pub fn new(
        generation: Generation,
        oldest: Option<LogPosition>,
        records: Vec<(LogPosition, Bytes)>,
    ) -> Self {
        Self { generation, oldest, records }
    }
}
