//! One call for many who wait for the same answer.

use std::{
    collections::HashMap,
    future::Future,
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::OnceCell;

/// The calls under way, by key.
#[derive(Debug)]
pub(crate) struct Flights<K, T> {
    cells: Mutex<HashMap<K, Weak<OnceCell<T>>>>,
    abandoned: AtomicU64,
}

impl<K, T> Default for Flights<K, T> {
    fn default() -> Self {
        Self { cells: Mutex::default(), abandoned: AtomicU64::new(0) }
    }
}

impl<K: Clone + Eq + Hash, T: Clone> Flights<K, T> {
    /// Joins the call for this key that is under way, or makes it. The flag tells whether this one made it.
    ///
    /// When the caller that makes it is dropped (its client hung up), the next one waiting makes it anew.
    pub(crate) async fn join(&self, key: K, call: impl Future<Output = T>) -> (T, bool) {
        let cell = self.cell(key.clone());
        let mut made = false;
        let outcome = cell
            .get_or_init(|| {
                made = true;
                call
            })
            .await
            .clone();
        if made {
            self.land(&key, &cell);
        }
        (outcome, made)
    }

    fn cell(&self, key: K) -> Arc<OnceCell<T>> {
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
    fn land(&self, key: &K, landed: &Arc<OnceCell<T>>) {
        let mut flights = self.lock();
        if flights.get(key).is_some_and(|cell| std::ptr::eq(cell.as_ptr(), Arc::as_ptr(landed))) {
            flights.remove(key);
        }
    }

    /// Nobody joins the calls under way any more: what they bring may be out of date.
    pub(crate) fn abandon(&self, key: Option<&K>) {
        self.abandoned.fetch_add(1, Ordering::SeqCst);
        match key {
            Some(key) => drop(self.lock().remove(key)),
            None => self.lock().clear(),
        }
    }

    /// How often calls were abandoned. When it changed while a call was under way, its outcome is not to be remembered.
    pub(crate) fn abandoned(&self) -> u64 {
        self.abandoned.load(Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Weak<OnceCell<T>>>> {
        self.cells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
