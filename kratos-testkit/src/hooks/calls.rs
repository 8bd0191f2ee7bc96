//! The calls of hooks so far.

use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// One attempt to call a hook.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HookDelivery {
    /// What was called: `registration.after`, `login.before` and so on, `password_migration` or `courier`.
    pub event: String,
    /// The URL.
    pub url: String,
    /// The number of the attempt, from 1.
    pub attempt: usize,
    /// `Ory-Webhook-Trigger-ID`: the same for all attempts of a call.
    pub trigger_id: Uuid,
    /// The status of the answer; `None` without one.
    pub status: Option<u16>,
}

/// The attempts, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(Arc<Mutex<Vec<HookDelivery>>>);

impl Calls {
    pub(super) fn note(&self, delivery: HookDelivery) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(delivery);
    }

    pub(crate) fn all(&self) -> Vec<HookDelivery> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
