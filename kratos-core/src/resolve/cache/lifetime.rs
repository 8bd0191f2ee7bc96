//! How long an answer may be cached.

use std::time::Duration;

use super::CachedSession;
use crate::{
    model::Timestamp,
    resolve::{Resolution, Resolved},
};

/// The configured limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The TTL of a session.
    pub(super) ttl: Duration,
    /// The TTL of the absence of a session; zero does not cache it.
    pub(super) negative_ttl: Duration,
    /// How much longer a session is used while Kratos is unreachable; zero does not use it.
    pub(super) stale: Duration,
}

/// Returns the entry to store. A step-up and an unconfirmed session are never stored; everything else ends with the
/// configured TTL, with the time that Kratos allows (`Ory-Session-Cache-For`) or with the session, whichever is first.
pub(super) fn entry(resolved: &Resolved, limits: Limits, now: Timestamp) -> Option<CachedSession> {
    let allowed = |ttl: Duration| resolved.cache_for.map_or(ttl, |allowed| allowed.min(ttl));
    match &resolved.resolution {
        Resolution::Active(session) => {
            let end = session.expires_at;
            let at_most = |ttl: Duration, from: Timestamp| {
                let until = later(from, ttl);
                end.map_or(until, |end| end.min(until))
            };
            let fresh_until = at_most(allowed(limits.ttl), now);
            let keep_until = at_most(limits.stale, fresh_until);
            let entry = CachedSession::new(Some(session.clone()), fresh_until).with_keep_until(keep_until);
            (entry.fresh_until > now).then_some(entry)
        }
        Resolution::Anonymous => {
            let until = later(now, allowed(limits.negative_ttl));
            (until > now).then(|| CachedSession::new(None, until))
        }
        Resolution::Aal2Required(_) | Resolution::Unconfirmed(_) => None,
    }
}

fn later(from: Timestamp, by: Duration) -> Timestamp {
    let by = time::Duration::try_from(by).unwrap_or(time::Duration::MAX);
    from.saturating_add(by).into()
}
