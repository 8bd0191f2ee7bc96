//! A process of a fleet.

mod find;
mod handle;
mod listen;
mod outbox;
mod suspect;

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::join;
use tokio::{
    runtime::Handle,
    sync::{Notify, Semaphore},
};

use uuid::Uuid;

pub(crate) use self::find::{Found, Place};
pub use self::handle::FleetMember;
use self::{outbox::Outbox, suspect::Suspicion};
use super::{
    Fleet, StoreError,
    knowledge::{Knowledge, Seen},
    record::{self, Sender},
    seal::SealingKeys,
    ticks,
};
use crate::{kratos::secret::Secret, resolve::Revocation};

/// The cache that revocations are applied to.
pub(crate) trait Subject: Send + Sync {
    /// Drops what is revoked from memory, and bars the calls under way from storing it.
    fn drop_revoked(&self, revocation: Revocation);
}

/// What a process knows of its fleet. Clones share it.
#[derive(Clone)]
pub(crate) struct Member(Arc<Shared>);

struct Shared {
    fleet: Fleet,
    keys: SealingKeys,
    /// Marks this process' records.
    sender: Sender,
    /// The cache's own limits: no entry of the store exceeds them.
    limits: Limits,
    /// Until when the store's entries may be used, in ticks.
    heard_until: AtomicU64,
    /// Until when memory may be used, in ticks.
    memory_until: AtomicU64,
    knowledge: Mutex<Knowledge>,
    outbox: Outbox,
    /// Reads the log at once.
    hurry: Notify,
    heard: Notify,
    running: AtomicBool,
    /// Places for entries on their way to the store. Without one, an entry is not stored.
    writers: Arc<Semaphore>,
    suspicion: Suspicion,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) ttl: Duration,
    pub(crate) stale: Duration,
}

/// 1 MiB. With 1,000 revocations in the time of an entry, 1 entry in 20 is not used.
const STRIPES: usize = 65_536;
/// Entries on their way to the store.
const WRITERS: usize = 256;

impl Member {
    pub(crate) fn new(fleet: Fleet, secret: &Secret, limits: Limits) -> Self {
        let keys = fleet.keys(secret);
        Self::with_keys(fleet, keys, limits)
    }

    /// A member with the same settings, which has heard nothing.
    pub(crate) fn renewed(&self, limits: Limits) -> Self {
        Self::with_keys(self.0.fleet.clone(), self.0.keys.clone(), limits)
    }

    fn with_keys(fleet: Fleet, keys: SealingKeys, limits: Limits) -> Self {
        let [sender @ .., _, _, _, _, _, _, _, _] = *Uuid::new_v4().as_bytes();
        let memory_until = if fleet.is_cached_while_away { u64::MAX } else { 0 };
        Self(Arc::new(Shared {
            fleet,
            keys,
            sender,
            limits,
            heard_until: AtomicU64::new(0),
            memory_until: AtomicU64::new(memory_until),
            knowledge: Mutex::new(Knowledge::with_stripes(STRIPES)),
            outbox: Outbox::default(),
            hurry: Notify::new(),
            heard: Notify::new(),
            running: AtomicBool::new(false),
            writers: Arc::new(Semaphore::new(WRITERS)),
            suspicion: Suspicion::default(),
        }))
    }

    /// Until when an entry of memory that is read after this may be used, in ticks. Read the clock after the entry: a thread
    /// that was paused between finds itself too late.
    #[inline]
    pub(crate) fn horizon(&self) -> u64 {
        self.0.memory_until.load(Ordering::Acquire)
    }

    /// The tick after which an entry is past its TTL.
    pub(crate) fn deadline(fresh_for: Duration) -> u64 {
        ticks::after(ticks::now(), fresh_for)
    }

    /// Whether the log was read within the bound.
    pub(crate) fn is_heard(&self) -> bool {
        self.0.is_heard()
    }

    /// Whether memory may be used now.
    pub(crate) fn may_use_memory(&self) -> bool {
        ticks::now() < self.horizon()
    }

    /// Starts reading the log, unless that runs. It ends with the cache, and starts again if its runtime ended.
    pub(crate) fn start(&self, subject: impl FnOnce() -> Weak<dyn Subject>) {
        let shared = &self.0;
        if shared.running.load(Ordering::Relaxed) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        if !shared.running.swap(true, Ordering::AcqRel) {
            let running = Running(Arc::clone(shared));
            let subject = subject();
            runtime.spawn(async move {
                let Running(shared) = &running;
                join(listen::run(shared, &subject), outbox::run(shared, &subject)).await;
            });
        }
    }

    /// Bars the store's entries of what this process revokes, and tells the other processes, in the background. Repeats it until
    /// the store acknowledges it. Call it before they are dropped from memory.
    pub(crate) fn publish(&self, revocation: Revocation) {
        self.0.publish(revocation);
    }
}

impl Shared {
    fn publish(&self, revocation: Revocation) {
        // Held from before the push: a record is expected before it can come back, and `begin` finds it in both places or in none.
        let mut knowledge = self.knowledge();
        knowledge.expect(record::id(revocation));
        self.enqueue(knowledge, revocation);
    }

    /// As [`Shared::publish`], for a revocation that is expected since its own call began. The log may have begun anew meanwhile.
    fn publish_again(&self, revocation: Revocation) {
        let mut knowledge = self.knowledge();
        knowledge.expect_still(record::id(revocation));
        self.enqueue(knowledge, revocation);
    }

    fn enqueue(&self, mut knowledge: MutexGuard<'_, Knowledge>, revocation: Revocation) {
        let replaced = self.outbox.push(revocation);
        if replaced.is_empty() {
            return;
        }
        knowledge.expect(None);
        replaced.iter().for_each(|revocation| knowledge.came_back(record::id(*revocation)));
        drop(knowledge);
        tracing::warn!(target: "kratos", "too many revocations wait for the fleet's store: all sessions are revoked in their place");
    }

    /// Begins anew at the oldest record of a log, and expects what the outbox holds.
    fn begin(&self, generation: [u8; 16], oldest: u128) {
        let mut knowledge = self.knowledge();
        knowledge.begin(generation, oldest);
        self.outbox.each(|revocation| knowledge.expect(record::id(revocation)));
    }

    fn knowledge(&self) -> MutexGuard<'_, Knowledge> {
        self.knowledge.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_heard(&self) -> bool {
        ticks::now() < self.heard_until.load(Ordering::Acquire)
    }

    fn seen(&self) -> Option<Seen> {
        self.knowledge().seen()
    }

    /// Waits for the store, at most so long.
    async fn within<T>(
        &self,
        call: &'static str,
        at_most: Duration,
        answer: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let timer = crate::metrics::Upstream::start(call);
        let outcome =
            tokio::time::timeout(at_most, answer).await.unwrap_or_else(|_| Err(StoreError::timeout()));
        timer.end(if outcome.is_ok() { "answered" } else { "unavailable" });
        outcome
    }
}

/// The reader of the log, while it runs.
struct Running(Arc<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.store(false, Ordering::Release);
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member")
            .field("fleet", &self.0.fleet)
            .field("heard", &self.is_heard())
            .finish_non_exhaustive()
    }
}
