//! Answers in memory.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{AnswerKey, AnswerStore};
use crate::HookResponse;

/// The bytes that all remembered bodies may have together.
const MAX_BYTES: usize = 16 << 20;

/// Answers in memory, at most so many and 16 MiB of bodies: the oldest is dropped first.
pub struct MemoryAnswerStore {
    at_most: usize,
    answers: Mutex<Answers>,
}

#[derive(Default)]
struct Answers {
    by_key: HashMap<AnswerKey, (HookResponse, Instant)>,
    oldest_first: VecDeque<AnswerKey>,
    bytes: usize,
}

impl MemoryAnswerStore {
    /// Keeps at most `at_most` answers.
    #[must_use]
    pub fn new(at_most: usize) -> Self {
        Self { at_most, answers: Mutex::default() }
    }
}

impl AnswerStore for MemoryAnswerStore {
    fn get(&self, key: &AnswerKey) -> Option<HookResponse> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let (answer, until) = answers.by_key.get(key)?;
        (Instant::now() < *until).then(|| answer.clone())
    }

    fn put(&self, key: AnswerKey, answer: HookResponse, ttl: Duration) {
        let now = Instant::now();
        let Some(until) = now.checked_add(ttl) else { return };
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = answer.body.len();
        match answers.by_key.insert(key.clone(), (answer, until)) {
            Some((replaced, _)) => answers.bytes = answers.bytes.saturating_sub(replaced.body.len()),
            None => answers.oldest_first.push_back(key),
        }
        answers.bytes = answers.bytes.saturating_add(bytes);
        while answers.by_key.len() > self.at_most || answers.bytes > MAX_BYTES || answers.is_oldest_over(now)
        {
            answers.drop_oldest();
        }
    }
}

impl Answers {
    fn is_oldest_over(&self, now: Instant) -> bool {
        let oldest = self.oldest_first.front().and_then(|key| self.by_key.get(key));
        oldest.is_some_and(|(_, until)| *until <= now)
    }

    fn drop_oldest(&mut self) {
        let oldest = self.oldest_first.pop_front().and_then(|key| self.by_key.remove(&key));
        self.bytes = self.bytes.saturating_sub(oldest.map_or(0, |(answer, _)| answer.body.len()));
    }
}

impl fmt::Debug for MemoryAnswerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryAnswerStore").field("at_most", &self.at_most).finish_non_exhaustive()
    }
}
