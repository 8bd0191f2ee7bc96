//! Remembers answers, so that a retry of Kratos does not run a handler again.

mod memory;
mod store;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

pub use memory::MemoryAnswerStore;
pub use store::{AnswerKey, AnswerStore};

use crate::HookResponse;

const DEFAULT_TTL: Duration = Duration::from_secs(300);
const DEFAULT_ENTRIES: usize = 10_000;

/// Remembers the answers of hooks by route and trigger id.
///
/// Kratos calls again after a lost connection, a time-out, 429 and 5xx, with the same `Ory-Webhook-Trigger-ID` (25.4 and
/// later). The repeated call gets the first answer, if that was final: below 500 and not 429. A call that arrives while the
/// first one still runs waits for it. A call without a trigger id (before 25.4, or with `emit_analytics_event: false`)
/// passes.
///
/// Cloning shares the answers. The answers of one process are not those of another, unless the store is shared.
#[derive(Clone)]
pub struct Idempotence {
    store: Arc<dyn AnswerStore>,
    ttl: Duration,
    running: Running,
}

type Waiting = watch::Receiver<Option<HookResponse>>;
type Running = Arc<Mutex<HashMap<AnswerKey, Waiting>>>;

impl Idempotence {
    /// Remembers at most 10 000 answers in memory, for 5 min each.
    #[must_use]
    pub fn new() -> Self {
        Self::with_store(MemoryAnswerStore::new(DEFAULT_ENTRIES))
    }

    /// Remembers answers in this store, for 5 min each.
    #[must_use]
    pub fn with_store(store: impl AnswerStore + 'static) -> Self {
        Self { store: Arc::new(store), ttl: DEFAULT_TTL, running: Arc::default() }
    }

    /// Sets how long an answer is remembered. Default: 5 min; the attempts of Kratos end within 3 min.
    #[must_use]
    pub fn with_ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// Returns the remembered answer of a call, or that of `handler`. If the task of the first call is cancelled, the next
    /// one runs its own handler.
    pub(crate) async fn answer<F>(&self, key: AnswerKey, handler: F) -> HookResponse
    where
        F: Future<Output = HookResponse>,
    {
        loop {
            let turn = match self.turn(&key) {
                Turn::Known(known) => return known,
                Turn::First(turn) => turn,
                Turn::Wait(mut waiting) => {
                    // An error means that the first call was cancelled.
                    if let Ok(answer) = waiting.wait_for(Option::is_some).await
                        && let Some(answer) = answer.clone()
                    {
                        return answer;
                    }
                    continue;
                }
            };
            let answer = handler.await;
            if answer.is_final() {
                self.store.put(key, answer.clone(), self.ttl);
            }
            turn.end(&answer);
            return answer;
        }
    }

    fn turn(&self, key: &AnswerKey) -> Turn {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = running.get(key) {
            return Turn::Wait(waiting.clone());
        }
        // Under the lock: a call that just ended has stored its answer.
        if let Some(known) = self.store.get(key) {
            return Turn::Known(known);
        }
        let (sender, waiting) = watch::channel(None);
        running.insert(key.clone(), waiting);
        Turn::First(First { running: Arc::clone(&self.running), key: key.clone(), sender })
    }
}

enum Turn {
    Known(HookResponse),
    First(First),
    Wait(Waiting),
}

/// The turn of the first call. Dropped, it lets the waiting calls go on.
struct First {
    running: Running,
    key: AnswerKey,
    sender: watch::Sender<Option<HookResponse>>,
}

impl First {
    fn end(self, answer: &HookResponse) {
        self.sender.send_replace(Some(answer.clone()));
    }
}

impl Drop for First {
    fn drop(&mut self) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl Default for Idempotence {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Idempotence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idempotence").field("ttl", &self.ttl).finish_non_exhaustive()
    }
}
