//! Which answers may be stored: an older answer never replaces a newer one, and nothing that was forgotten comes back.
//!
//! Every call takes a moment when it begins. Until it ends, its key has a record of what must not be overwritten; keys
//! without a call under way have none. Sessions and identities are known only once an answer arrives, so the moments at
//! which they were forgotten are kept in a fixed number of stripes: two ids that share one cost a call, never a wrong
//! answer.
//!
//! The crate `models` checks this file with loom.

use std::{collections::HashMap, hash::Hash};

use super::sync::{Mutex, MutexGuard, PoisonError};

/// A point in the order of calls and removals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

/// What upstream answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// There is a session, and it may be stored.
    Session,
    /// There is none, and that may be stored.
    Anonymous,
    /// Nothing to store. An earlier answer no longer holds.
    Nothing,
}

/// What to change in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Store the answer.
    Put,
    /// Drop the entry of the key.
    Remove,
    /// Leave the store as it is: a newer answer, or a removal, decided.
    None,
}

/// The calls under way by key, and what each may still change. `C` is what requests join.
#[derive(Debug)]
pub(crate) struct Ledger<K, C>(Mutex<State<K, C>>);

#[derive(Debug)]
struct State<K, C> {
    now: Moment,
    /// When everything was last forgotten.
    cleared: Moment,
    /// When an id of each stripe was last forgotten.
    forgotten: Box<[Moment]>,
    records: HashMap<K, Record<C>>,
}

/// What is known of a key while a call for it is under way.
#[derive(Debug, Default)]
struct Record<C> {
    tickets: usize,
    /// Calls that began before this must not store.
    barred: Moment,
    /// When the call began whose answer is stored.
    stored: Moment,
    calls: C,
}

/// 8 KiB. With 100 removals in the time of a call, 1 answer in 10 is not stored.
const STRIPES: usize = 1024;

impl<K, C> Default for Ledger<K, C> {
    fn default() -> Self {
        Self::with_stripes(STRIPES)
    }
}

impl<K, C> Ledger<K, C> {
    /// A ledger whose ids share this many stripes.
    pub(crate) fn with_stripes(stripes: usize) -> Self {
        Self(Mutex::new(State {
            now: Moment::default(),
            cleared: Moment::default(),
            forgotten: vec![Moment::default(); stripes.max(1)].into(),
            records: HashMap::new(),
        }))
    }

    /// How many keys have calls under way.
    #[cfg(test)]
    pub(crate) fn records(&self) -> usize {
        self.lock().records.len()
    }

    fn lock(&self) -> MutexGuard<'_, State<K, C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash, C: Default> Ledger<K, C> {
    /// Begins a call for `key`, or waiting for one.
    pub(crate) fn enter(&self, key: K) -> Ticket<'_, K, C> {
        let mut state = self.lock();
        let since = state.tick();
        state.records.entry(key).or_default().tickets += 1;
        Ticket { ledger: self, key, since }
    }

    /// Bars the calls under way for `key`. Call it before the entry is removed from the store.
    pub(crate) fn forget_key(&self, key: &K) {
        let mut state = self.lock();
        let now = state.tick();
        // Freed after the lock is released.
        let _calls = state.records.get_mut(key).map(|record| {
            record.barred = now;
            std::mem::take(&mut record.calls)
        });
        drop(state);
    }

    /// Bars the calls under way that find `id`. Call it before its entries are removed from the store.
    pub(crate) fn forget_id(&self, id: u128) {
        let mut state = self.lock();
        let now = state.tick();
        if let Some(stripe) = state.stripe_mut(id) {
            *stripe = now;
        }
    }

    /// Bars every call under way. Call it before the store is cleared.
    pub(crate) fn forget_all(&self) {
        let mut state = self.lock();
        state.cleared = state.tick();
        for record in state.records.values_mut() {
            record.calls = C::default();
        }
    }

    /// Whether one of these ids was forgotten after `call` and before `request`.
    pub(crate) fn is_outdated(&self, ids: &[u128], call: Moment, request: Moment) -> bool {
        let state = self.lock();
        ids.iter().any(|id| (call..request).contains(&state.forgotten(*id)))
    }
}

impl<K, C> State<K, C> {
    fn tick(&mut self) -> Moment {
        self.now.0 += 1;
        self.now
    }

    fn stripe_mut(&mut self, id: u128) -> Option<&mut Moment> {
        let index = stripe(id, self.forgotten.len())?;
        self.forgotten.get_mut(index)
    }

    fn forgotten(&self, id: u128) -> Moment {
        let index = stripe(id, self.forgotten.len());
        index.and_then(|index| self.forgotten.get(index)).copied().unwrap_or_default()
    }
}

fn stripe(id: u128, stripes: usize) -> Option<usize> {
    usize::try_from(id.checked_rem(stripes as u128)?).ok()
}

/// A call under way. Dropping it ends the call.
#[derive(Debug)]
pub(crate) struct Ticket<'a, K: Copy + Eq + Hash, C> {
    ledger: &'a Ledger<K, C>,
    key: K,
    since: Moment,
}

impl<K: Copy + Eq + Hash, C: Default> Ticket<'_, K, C> {
    /// When the call began.
    pub(crate) fn since(&self) -> Moment {
        self.since
    }

    /// What requests for this key can join. It is kept until the last ticket is dropped, or the key is forgotten.
    pub(crate) fn calls<R>(&self, read: impl FnOnce(&mut C) -> R) -> R {
        read(&mut self.ledger.lock().records.entry(self.key).or_default().calls)
    }

    /// Decides what an answer changes, and changes it: `change` runs under the ledger's lock, so that no removal comes
    /// between. `ids` are the session and the identity that the answer names.
    pub(crate) fn settle(&self, answer: Answer, ids: &[u128], change: impl FnOnce(Change)) {
        let mut state = self.ledger.lock();
        let forgotten = ids.iter().any(|id| state.forgotten(*id) > self.since);
        let (now, cleared) = (state.tick(), state.cleared);
        let Some(record) = state.records.get_mut(&self.key) else { return };
        let is_late = record.barred.max(cleared) > self.since || record.stored > self.since;
        let decided = match answer {
            Answer::Session if is_late => Change::None,
            Answer::Session | Answer::Anonymous if !is_late && !forgotten => Change::Put,
            // Without a session, nothing that another call found at the same time is certain.
            Answer::Session | Answer::Anonymous | Answer::Nothing => Change::Remove,
        };
        match answer {
            Answer::Session if decided == Change::Put => record.stored = self.since,
            Answer::Session => {}
            Answer::Anonymous | Answer::Nothing => record.barred = now,
        }
        change(decided);
    }
}

impl<K: Copy + Eq + Hash, C> Drop for Ticket<'_, K, C> {
    fn drop(&mut self) {
        let mut state = self.ledger.lock();
        let Some(record) = state.records.get_mut(&self.key) else { return };
        record.tickets = record.tickets.saturating_sub(1);
        if record.tickets == 0 {
            // Freed after the lock is released.
            let _record = state.records.remove(&self.key);
            drop(state);
        }
    }
}
