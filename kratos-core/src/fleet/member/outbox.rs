//! Tells the other processes.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use bytes::Bytes;
use tokio::sync::Notify;

use super::{
    super::{StoreError, record, seal::Purpose},
    Shared, Subject,
};
use crate::resolve::Revocation;

/// Revocations on their way to the log. When there are too many, one that revokes everything replaces them.
#[derive(Default)]
pub(super) struct Outbox {
    pending: Mutex<VecDeque<Revocation>>,
    filled: Notify,
    emptied: Notify,
}

const MOST: usize = 10_000;
/// The records of one call.
const BATCH: usize = 500;
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Outbox {
    pub(super) fn push(&self, revocation: Revocation) {
        let mut pending = self.pending();
        if pending.len() >= MOST {
            // The entries of each stay barred here until the log has a new begin, which costs calls alone.
            pending.clear();
            pending.push_back(Revocation::All);
        }
        pending.push_back(revocation);
        drop(pending);
        self.filled.notify_one();
    }

    /// Waits until the store has acknowledged everything.
    pub(super) async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.pending().is_empty() {
                return;
            }
            emptied.await;
        }
    }

    fn pending(&self) -> MutexGuard<'_, VecDeque<Revocation>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bars the store's entries of what was not sent.
    pub(super) fn expect_again(&self, shared: &Shared) {
        let pending = self.pending().clone();
        let mut knowledge = shared.knowledge();
        pending.iter().for_each(|revocation| knowledge.expect(record::id(*revocation)));
    }

    fn first(&self) -> Vec<Revocation> {
        self.pending().iter().take(BATCH).copied().collect()
    }

    /// Removes what was sent. An overflow may have replaced it.
    fn sent(&self, batch: &[Revocation]) {
        let mut pending = self.pending();
        for sent in batch {
            if pending.front() != Some(sent) {
                break;
            }
            pending.pop_front();
        }
        let is_empty = pending.is_empty();
        drop(pending);
        if is_empty {
            self.emptied.notify_waiters();
        }
    }
}

pub(super) async fn run(shared: &Shared, subject: &Weak<dyn Subject>) {
    let mut pause = SHORTEST_PAUSE;
    while subject.strong_count() > 0 {
        let batch = shared.outbox.first();
        if batch.is_empty() {
            let filled = shared.outbox.filled.notified();
            let _ = tokio::time::timeout(LONGEST_PAUSE, filled).await;
            continue;
        }
        match append(shared, &batch).await {
            Ok(()) => {
                shared.outbox.sent(&batch);
                pause = SHORTEST_PAUSE;
            }
            Err(error) => {
                if pause == SHORTEST_PAUSE {
                    tracing::warn!(target: "kratos", %error, "a revocation did not reach the fleet; it will be repeated");
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Appends to the log, and reads it soon.
pub(super) async fn append(shared: &Shared, batch: &[Revocation]) -> Result<(), StoreError> {
    let seal = |revocation: &Revocation| {
        shared.keys.seal(Purpose::Record, &record::encode(Some(*revocation), shared.sender))
    };
    let records: Vec<Bytes> =
        batch.iter().map(|revocation| seal(revocation).unwrap_or_default().into()).collect();
    shared.within("fleet_append", shared.fleet.patience(), shared.fleet.store.append(&records)).await?;
    shared.hurry.notify_one();
    Ok(())
}
