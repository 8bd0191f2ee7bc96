//! What may be answered.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::{BOUND, TTL};

/// Clocks of one machine do not differ; what a response takes does not count, since requests count from their begin.
const SLACK: Duration = Duration::from_millis(0);
/// An entry may be as old as this: that of memory, taken from the store at its end.
const LONGEST: Duration = TTL;

/// A user, who signs in again some time after each revocation.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) token: String,
    pub(crate) session: Uuid,
    pub(crate) identity: Uuid,
    pub(crate) revoked: Option<Revoked>,
}

#[derive(Clone, Copy)]
pub(crate) struct Revoked {
    /// Kratos has no session from now on.
    pub(crate) at: Instant,
    /// A process acknowledged it.
    pub(crate) acknowledged: Option<Instant>,
}

impl User {
    pub(crate) fn new() -> Self {
        let [session, identity] = [Uuid::new_v4(), Uuid::new_v4()];
        Self { token: format!("ory_st_{}", Uuid::new_v4().simple()), session, identity, revoked: None }
    }

    /// Whether everything about the revocation was seen.
    pub(crate) fn is_over(&self) -> bool {
        self.revoked.is_some_and(|revoked| match revoked.acknowledged {
            Some(at) => at.elapsed() > BOUND * 3,
            None => revoked.at.elapsed() > LONGEST + BOUND * 2,
        })
    }
}

pub(crate) enum Answer {
    User(Uuid),
    Anonymous,
    /// 503, or no answer.
    Failed,
}

#[derive(Default)]
pub(crate) struct Oracle {
    pub(crate) requests: AtomicU64,
    pub(crate) served: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) revocations: AtomicU64,
    pub(crate) unacknowledged: AtomicU64,
    /// How long after its acknowledged revocation a session was still served, at most, in microseconds.
    pub(crate) latest: AtomicU64,
    /// The same of revocations that were not acknowledged.
    pub(crate) latest_unacknowledged: AtomicU64,
    wrong: Mutex<Vec<String>>,
}

impl Oracle {
    /// Judges a response. `before` and `after` are the user when the request began and when it ended.
    pub(crate) fn judge(&self, process: usize, begun: Instant, before: &User, after: &User, answer: &Answer) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        match answer {
            Answer::Failed => {
                self.failed.fetch_add(1, Ordering::Relaxed);
            }
            Answer::User(identity) if *identity != before.identity => {
                self.wrong(format!("process {process} served {identity} to {}", before.identity));
            }
            Answer::User(_) => {
                self.served.fetch_add(1, Ordering::Relaxed);
                if let Some(revoked) = before.revoked {
                    self.served_revoked(process, begun, revoked);
                }
            }
            Answer::Anonymous => {
                if before.revoked.is_none() && after.revoked.is_none() && before.session == after.session {
                    self.wrong(format!("process {process} signed a user out"));
                }
            }
        }
    }

    fn served_revoked(&self, process: usize, begun: Instant, revoked: Revoked) {
        let (since, bound, latest) = match revoked.acknowledged {
            Some(at) => (begun.saturating_duration_since(at), BOUND, &self.latest),
            None => (begun.saturating_duration_since(revoked.at), LONGEST, &self.latest_unacknowledged),
        };
        latest.fetch_max(u64::try_from(since.as_micros()).unwrap(), Ordering::Relaxed);
        if since > bound + SLACK {
            let kind = if revoked.acknowledged.is_some() { "an acknowledged" } else { "an unacknowledged" };
            self.wrong(format!("process {process} served a session {since:?} after {kind} revocation"));
        }
    }

    fn wrong(&self, what: String) {
        let mut wrong = self.wrong.lock().unwrap();
        if wrong.len() < 20 {
            println!("WRONG: {what}");
        }
        wrong.push(what);
    }

    pub(crate) fn verdict(&self) {
        let wrong = self.wrong.lock().unwrap();
        assert!(wrong.is_empty(), "{} wrong answers", wrong.len());
    }
}
