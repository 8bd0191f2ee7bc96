//! One call for many who wait for the same answer.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::sync::OnceCell;

use crate::{
    credential::CacheKey,
    resolve::{ResolveError, Resolved},
};

type Outcome = Result<Resolved, ResolveError>;

/// The calls under way, by key.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<HashMap<CacheKey, Weak<OnceCell<Outcome>>>>);

impl Flights {
    /// Joins the call for this key that is under way, or makes it. The flag tells whether this one made it.
    ///
    /// When the caller that makes it is dropped (its client hung up), the next one waiting makes it anew.
    pub(super) async fn join(&self, key: CacheKey, call: impl Future<Output = Outcome>) -> (Outcome, bool) {
        let cell = self.cell(key);
        let mut made = false;
        let outcome = cell
            .get_or_init(|| {
                made = true;
                call
            })
            .await
            .clone();
        if made {
            self.land(key, &cell);
        }
        (outcome, made)
    }

    fn cell(&self, key: CacheKey) -> Arc<OnceCell<Outcome>> {
        let mut flights = self.lock();
        if let Some(cell) = flights.get(&key).and_then(Weak::upgrade) {
            return cell;
        }
        let cell = Arc::new(OnceCell::new());
        flights.insert(key, Arc::downgrade(&cell));
        // Those whose callers all hung up stay behind; sweep when they could be many.
        if flights.len() > 1024 && flights.len().is_power_of_two() {
            flights.retain(|_, cell| cell.strong_count() > 0);
        }
        cell
    }

    /// Later callers make a call of their own.
    fn land(&self, key: CacheKey, landed: &Arc<OnceCell<Outcome>>) {
        let mut flights = self.lock();
        if flights.get(&key).is_some_and(|cell| std::ptr::eq(cell.as_ptr(), Arc::as_ptr(landed))) {
            flights.remove(&key);
        }
    }

    /// Nobody joins the calls under way any more: what they bring may be out of date.
    pub(super) fn abandon(&self, key: Option<&CacheKey>) {
        match key {
            Some(key) => drop(self.lock().remove(key)),
            None => self.lock().clear(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CacheKey, Weak<OnceCell<Outcome>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
