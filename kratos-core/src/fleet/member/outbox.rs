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
    queue: Mutex<Queue>,
    filled: Notify,
    emptied: Notify,
}

#[derive(Default)]
struct Queue {
    pending: VecDeque<Revocation>,
    /// So many of the first may be in the log already: their call is under way, or its outcome is unknown.
    tried: usize,
}

const MOST: usize = 10_000;
/// The records of one call.
const BATCH: usize = 500;
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Outbox {
    /// Takes a revocation that is expected. Returns what is not sent, since one of everything replaces it; that one is to
    /// be expected in its place.
    #[must_use]
    pub(super) fn push(&self, revocation: Revocation) -> Vec<Revocation> {
        let mut queue = self.queue();
        let mut replaced = Vec::new();
        if queue.pending.len() >= MOST {
            let tried = queue.tried;
            replaced.extend(queue.pending.drain(tried..));
            queue.pending.push_back(Revocation::All);
        }
        queue.pending.push_back(revocation);
        drop(queue);
        self.filled.notify_one();
        replaced
    }

    /// Waits until the store has acknowledged everything.
    pub(super) async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.queue().pending.is_empty() {
                return;
            }
            emptied.await;
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Visits what the store has not acknowledged.
    pub(super) fn each(&self, visit: impl FnMut(Revocation)) {
        self.queue().pending.iter().copied().for_each(visit);
    }

    fn first(&self) -> Vec<Revocation> {
        let mut queue = self.queue();
        let first: Vec<_> = queue.pending.iter().take(BATCH).copied().collect();
        queue.tried = queue.tried.max(first.len());
        first
    }

    fn sent(&self, count: usize) {
        let mut queue = self.queue();
        let count = count.min(queue.pending.len());
        queue.pending.drain(..count);
        queue.tried = queue.tried.saturating_sub(count);
        let is_empty = queue.pending.is_empty();
        drop(queue);
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
                shared.outbox.sent(batch.len());
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{
        super::{Limits, Member},
        *,
    };
    use crate::{
        fleet::{Fleet, InProcessStore, knowledge::Seen},
        kratos::secret::Secret,
    };

    fn session(number: usize) -> Revocation {
        Revocation::Session(Uuid::from_u128(number as u128))
    }

    #[test]
    fn an_overflow_replaces_what_was_not_tried() {
        let outbox = Outbox::default();
        assert!((0..MOST).all(|number| outbox.push(session(number)).is_empty()));
        let tried = outbox.first();
        let replaced = outbox.push(session(MOST));
        assert_eq!(replaced, (BATCH..MOST).map(session).collect::<Vec<_>>());
        assert_eq!(outbox.first(), tried);
        outbox.sent(BATCH);
        assert_eq!(outbox.first(), [Revocation::All, session(MOST)]);
        outbox.sent(2);
        assert!(outbox.first().is_empty());
    }

    #[test]
    fn what_waits_for_the_store_is_barred_once_whenever_the_log_begins_anew() {
        let limits = Limits { ttl: Duration::from_secs(1), stale: Duration::ZERO };
        let member = Member::new(Fleet::new(InProcessStore::new()), &Secret::new(&[7; 32]).unwrap(), limits);
        let admits = |generation: u8, id| {
            let seen = Seen { generation: [generation; 16], position: 9 };
            member.0.knowledge().admits(seen, &[id])
        };
        member.0.begin([1; 16], 1);
        assert!(admits(1, 5));
        for (generation, revocation) in [(2, Revocation::Session(Uuid::from_u128(5))), (3, Revocation::All)] {
            member.publish(revocation);
            assert!(!admits(generation - 1, 5));
            member.0.begin([generation; 16], 1);
            assert!(!admits(generation, 5));
            member.0.outbox.sent(1);
            member.0.knowledge().came_back(record::id(revocation));
            assert!(admits(generation, 5));
        }
    }

    #[test]
    fn a_call_that_fails_leaves_one_bar_whether_or_not_the_log_began_anew() {
        let limits = Limits { ttl: Duration::from_secs(1), stale: Duration::ZERO };
        for revocation in [session(5), Revocation::All] {
            for begins_anew in [false, true] {
                let member =
                    Member::new(Fleet::new(InProcessStore::new()), &Secret::new(&[7; 32]).unwrap(), limits);
                let shared = &member.0;
                let id = record::id(revocation);
                let admits = || shared.knowledge().admits(Seen { generation: [1; 16], position: 9 }, &[5]);
                shared.begin([1; 16], 1);
                shared.knowledge().expect(id);
                if begins_anew {
                    shared.begin([1; 16], 1);
                }
                shared.publish_again(revocation);
                assert!(!admits(), "{begins_anew}");
                shared.knowledge().came_back(id);
                assert!(admits(), "{begins_anew}");
            }
        }
    }
}
