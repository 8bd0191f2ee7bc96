//! A store in this process.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::Notify;
use uuid::Uuid;

use super::{FleetStore, Generation, Lease, LogPage, LogPosition, StoreError};
use crate::credential::CacheKey;

/// A [`FleetStore`] in this process' memory, for tests: several [`Kratos`](crate::Kratos) values in one process act as a
/// fleet. Clones share the memory, which is bounded by 10,000 entries and records.
#[derive(Clone, Default)]
pub struct InProcessStore(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    generation: Generation,
    entries: HashMap<CacheKey, (Bytes, Instant)>,
    leases: HashMap<CacheKey, (bool, Instant)>,
    log: VecDeque<(LogPosition, Bytes)>,
    last: u128,
    is_away: bool,
}

const MOST: usize = 10_000;

impl Default for State {
    fn default() -> Self {
        Self {
            generation: Generation::new(*Uuid::new_v4().as_bytes()),
            entries: HashMap::new(),
            leases: HashMap::new(),
            log: VecDeque::new(),
            last: 0,
            is_away: false,
        }
    }
}

impl InProcessStore {
    /// Creates an empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes every call fail, or answer again: an engine that is away.
    pub fn set_away(&self, is_away: bool) {
        self.lock().is_away = is_away;
    }

    /// Loses everything: an engine that was restarted empty.
    pub fn restart(&self) {
        *self.lock() = State::default();
        self.0.changed.notify_waiters();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        let state = self.lock();
        if state.is_away { Err(StoreError::unavailable("set_away")) } else { Ok(state) }
    }
}

#[async_trait]
impl FleetStore for InProcessStore {
    async fn get(&self, key: &CacheKey) -> Result<Option<Bytes>, StoreError> {
        let state = self.state()?;
        Ok(state.entries.get(key).filter(|(_, end)| *end > Instant::now()).map(|(entry, _)| entry.clone()))
    }

    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError> {
        let mut state = self.state()?;
        let now = Instant::now();
        if state.entries.len() >= MOST {
            state.entries.retain(|_, (_, end)| *end > now);
        }
        if state.entries.len() < MOST {
            state.entries.insert(*key, (entry, now + ttl));
        }
        Ok(())
    }

    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError> {
        let mut state = self.state()?;
        let now = Instant::now();
        if state.leases.len() >= MOST {
            state.leases.retain(|_, (_, end)| *end > now);
        }
        match state.leases.get(key).filter(|(_, end)| *end > now) {
            Some((true, _)) => Ok(Lease::Open),
            Some((false, _)) => Ok(Lease::Held),
            None if state.leases.len() >= MOST => Err(StoreError::refused("full")),
            None => {
                state.leases.insert(*key, (false, now + time));
                Ok(Lease::Acquired)
            }
        }
    }

    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError> {
        self.state()?.leases.insert(*key, (true, Instant::now() + time));
        Ok(())
    }

    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError> {
        let mut state = self.state()?;
        for record in records {
            state.last += 1;
            let position = LogPosition::new(state.last);
            state.log.push_back((position, record.clone()));
            if state.log.len() > MOST {
                state.log.pop_front();
            }
        }
        drop(state);
        self.0.changed.notify_waiters();
        Ok(())
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        let state = self.state()?;
        let after = after.unwrap_or_default();
        let from = state.log.partition_point(|(position, _)| *position <= after);
        let records = state.log.iter().skip(from).take(limit).cloned().collect();
        Ok(LogPage::new(state.generation, state.log.front().map(|(position, _)| *position), records))
    }

    async fn changed(&self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.0.changed.notified()).await;
    }
}

impl fmt::Debug for InProcessStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("InProcessStore")
            .field("entries", &state.entries.len())
            .field("records", &state.log.len())
            .field("is_away", &state.is_away)
            .finish_non_exhaustive()
    }
}
