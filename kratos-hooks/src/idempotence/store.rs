//! Where answers are kept.

use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use crate::HookResponse;

/// The route of a hook and the id of its call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnswerKey {
    route: Box<str>,
    trigger: Uuid,
}

impl AnswerKey {
    pub(crate) fn new(route: &str, trigger: Uuid) -> Self {
        Self { route: route.into(), trigger }
    }

    /// Returns the path of the route.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.route
    }

    /// Returns the trigger id.
    #[must_use]
    pub fn trigger(&self) -> Uuid {
        self.trigger
    }
}

/// A store of answers: [`MemoryAnswerStore`](super::MemoryAnswerStore), or a custom one, for example in memory before one
/// that several processes share.
///
/// It is called with each call of a hook, must answer at once, and must be bounded. A lost answer costs one more run of a
/// handler. An answer may hold traits: keep it as safe as those.
pub trait AnswerStore: Send + Sync {
    /// Returns the answer of a call, unless its time is over.
    fn get(&self, key: &AnswerKey) -> Option<HookResponse>;
    /// Keeps the answer of a call for this time.
    fn put(&self, key: AnswerKey, answer: HookResponse, ttl: Duration);
}

impl<S: AnswerStore + ?Sized> AnswerStore for Arc<S> {
    fn get(&self, key: &AnswerKey) -> Option<HookResponse> {
        (**self).get(key)
    }

    fn put(&self, key: AnswerKey, answer: HookResponse, ttl: Duration) {
        (**self).put(key, answer, ttl);
    }
}
