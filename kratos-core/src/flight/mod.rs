//! One upstream call for all requests that need the same answer.

mod ledger;
#[cfg(test)]
mod tests;

use std::{future::Future, ptr, sync::Arc};

use tokio::sync::OnceCell;

use self::ledger::Ledger;
pub(crate) use self::ledger::{Answer, Change, Moment};
use crate::credential::CacheKey;

/// What the ledger is made of; `models` puts loom's types in their place.
mod sync {
    pub(super) use std::sync::{Mutex, MutexGuard, PoisonError};
}

/// The upstream calls under way, by credential and by what else distinguishes them (`L`).
#[derive(Debug)]
pub(crate) struct Flights<L, T> {
    ledger: Ledger<CacheKey, Calls<L, T>>,
}

/// The calls for one credential that requests can join.
#[derive(Debug)]
pub(crate) struct Calls<L, T>(Vec<(L, Arc<OnceCell<T>>)>);

/// The answer of a joined call.
#[derive(Debug)]
pub(crate) struct Joined<T> {
    pub(crate) answer: T,
    /// Whether this request made the call itself.
    pub(crate) made: bool,
    /// When this request joined.
    pub(crate) since: Moment,
}

/// An upstream call under way.
pub(crate) type Ticket<'a, L, T> = ledger::Ticket<'a, CacheKey, Calls<L, T>>;

impl<L, T> Default for Flights<L, T> {
    fn default() -> Self {
        Self { ledger: Ledger::default() }
    }
}

impl<L, T> Default for Calls<L, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<L: Clone + Eq, T: Clone> Flights<L, T> {
    /// Joins the call under way for this key and label, or makes it.
    ///
    /// When the request that makes the call is dropped (its client hung up), a request that joined it makes a call of
    /// its own. `call` is polled only if this request makes the call.
    pub(crate) async fn join(&self, key: CacheKey, label: L, call: impl Future<Output = T>) -> Joined<T> {
        let waiting = self.ledger.enter(key);
        let cell = waiting.calls(|calls| calls.cell(label));
        let mut made = false;
        let answer = cell.get_or_init(async || {
            made = true;
            let answer = call.await;
            // Before anyone sees the answer: a request that finds it outdated joins another call.
            waiting.calls(|calls| calls.0.retain(|(_, other)| !ptr::eq(&**other, &*cell)));
            answer
        });
        let answer = answer.await.clone();
        Joined { answer, made, since: waiting.since() }
    }

    /// Begins a call. Its answer is settled by the ticket; dropping the ticket gives the call up.
    pub(crate) fn begin(&self, key: CacheKey) -> Ticket<'_, L, T> {
        self.ledger.enter(key)
    }

    /// Bars the calls under way for this key from the store and from later requests.
    pub(crate) fn forget_key(&self, key: &CacheKey) {
        self.ledger.forget_key(key);
    }

    /// Bars the calls under way that find this session or identity.
    pub(crate) fn forget_id(&self, id: u128) {
        self.ledger.forget_id(id);
    }

    /// Bars every call under way.
    pub(crate) fn forget_all(&self) {
        self.ledger.forget_all();
    }

    /// Whether one of these ids was forgotten after `call` began and before `request` joined it: the answer is too old
    /// for the request.
    pub(crate) fn is_outdated(&self, ids: &[u128], call: Moment, request: Moment) -> bool {
        self.ledger.is_outdated(ids, call, request)
    }
}

impl<L: Clone + Eq, T> Calls<L, T> {
    fn cell(&mut self, label: L) -> Arc<OnceCell<T>> {
        if let Some((_, cell)) = self.0.iter().find(|(other, _)| *other == label) {
            return Arc::clone(cell);
        }
        let cell = Arc::new(OnceCell::new());
        self.0.push((label, Arc::clone(&cell)));
        cell
    }
}
