//! One session at a Kratos, a store, and the ledger between them.

use loom::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use crate::flight::ledger::{Answer, Change, Ledger, Moment};

/// The id of the session that every credential opens.
const SESSION: u128 = 1;

/// What a call found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Session,
    Anonymous,
}

pub(crate) struct World {
    /// Whether the session is valid: the truth that a call reads at some moment between its begin and its end.
    valid: AtomicBool,
    /// Whether the session is stored, by credential: a shard each.
    store: [Mutex<bool>; 2],
    ledger: Ledger<usize, Option<Arc<Cell>>>,
}

/// What requests join.
#[derive(Debug)]
pub(crate) struct Cell(Mutex<Option<(Seen, Moment)>>);

impl World {
    pub(crate) fn shared() -> Arc<Self> {
        Arc::new(Self {
            valid: AtomicBool::new(true),
            store: [Mutex::new(false), Mutex::new(false)],
            ledger: Ledger::with_stripes(2),
        })
    }

    /// What `CachingResolver::call` does.
    pub(crate) fn call(&self, credential: usize) -> Seen {
        let call = self.ledger.enter(credential);
        let (seen, answer, ids): (_, _, &[u128]) = if self.valid.load(Ordering::SeqCst) {
            (Seen::Session, Answer::Session, &[SESSION])
        } else {
            (Seen::Anonymous, Answer::Nothing, &[])
        };
        call.settle(answer, ids, |change| match change {
            Change::Put => self.set(credential, true),
            Change::Remove => self.set(credential, false),
            Change::None => {}
        });
        seen
    }

    /// What `CachingResolver::resolve` does, with a mutex in place of the cell that it awaits.
    pub(crate) fn join(&self, credential: usize) -> Seen {
        if self.stored(credential) {
            return Seen::Session;
        }
        loop {
            let waiting = self.ledger.enter(credential);
            let cell = waiting
                .calls(|cell| Arc::clone(cell.get_or_insert_with(|| Arc::new(Cell(Mutex::new(None))))));
            let mut answer = cell.0.lock().unwrap();
            let Some((seen, since)) = *answer else {
                let since = self.ledger.enter(credential).since();
                let seen = if self.stored(credential) { Seen::Session } else { self.call(credential) };
                waiting.calls(|joinable| drop(joinable.take_if(|other| Arc::ptr_eq(other, &cell))));
                *answer = Some((seen, since));
                return seen;
            };
            let ids: &[u128] = if seen == Seen::Session { &[SESSION] } else { &[] };
            if !self.ledger.is_outdated(ids, since, waiting.since()) {
                return seen;
            }
        }
    }

    /// The session ends at Kratos.
    pub(crate) fn revoke(&self) {
        self.valid.store(false, Ordering::SeqCst);
    }

    /// What `CachingResolver::forget` does.
    pub(crate) fn forget(&self, credential: usize) {
        self.ledger.forget_key(&credential);
        self.set(credential, false);
    }

    /// What `CachingResolver::forget_session` does.
    pub(crate) fn forget_session(&self) {
        self.ledger.forget_id(SESSION);
        self.clear();
    }

    /// What `CachingResolver::forget_all` does.
    pub(crate) fn forget_all(&self) {
        self.ledger.forget_all();
        self.clear();
    }

    /// Whether a request is served from the store.
    pub(crate) fn stored(&self, credential: usize) -> bool {
        *self.store[credential].lock().unwrap()
    }

    fn set(&self, credential: usize, stored: bool) {
        *self.store[credential].lock().unwrap() = stored;
    }

    /// One shard after the other, as the store does.
    fn clear(&self) {
        (0..self.store.len()).for_each(|credential| self.set(credential, false));
    }
}
