//! How long an answer may be remembered.

use std::time::Duration;

use super::CachedSession;
use crate::{
    model::Timestamp,
    resolve::{Resolution, Resolved},
};

/// The limits that were configured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The longest that a session is remembered.
    pub(super) age: Duration,
    /// How long it is remembered that a credential opens nothing; zero for not at all.
    pub(super) anonymous: Duration,
    /// How much longer a session is used while Kratos cannot be asked; zero for not at all.
    pub(super) stale: Duration,
}

/// What to remember of an answer: nothing of a step-up or of a token alone, and of everything else no longer than the configured
/// age, Kratos' own leave (`Ory-Session-Cache-For`) and the session's end, whichever is first.
pub(super) fn entry(resolved: &Resolved, limits: Limits, now: Timestamp) -> Option<CachedSession> {
    let allowed = |most: Duration| resolved.cache_for.map_or(most, |leave| leave.min(most));
    match &resolved.resolution {
        Resolution::Active(session) => {
            let end = session.expires_at;
            let at_most = |age: Duration, from: Timestamp| {
                let until = later(from, age);
                end.map_or(until, |end| end.min(until))
            };
            let fresh_until = at_most(allowed(limits.age), now);
            let keep_until = at_most(limits.stale, fresh_until);
            let entry = CachedSession::new(Some(session.clone()), fresh_until).with_keep_until(keep_until);
            (entry.fresh_until > now).then_some(entry)
        }
        Resolution::Anonymous => {
            let until = later(now, allowed(limits.anonymous));
            (until > now).then(|| CachedSession::new(None, until))
        }
        Resolution::Aal2Required(_) | Resolution::Unconfirmed(_) => None,
    }
}

fn later(from: Timestamp, by: Duration) -> Timestamp {
    let by = time::Duration::try_from(by).unwrap_or(time::Duration::MAX);
    from.saturating_add(by).into()
}
