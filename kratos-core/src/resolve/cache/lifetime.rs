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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::Session;

    const SECOND: Duration = Duration::from_secs(1);

    /// The seconds for which an answer is fresh, and for which it is kept.
    fn seconds(resolved: &Resolved, limits: Limits) -> Option<(i64, i64)> {
        let now = crate::clock::now();
        let entry = entry(resolved, limits, now)?;
        Some(((*entry.fresh_until - *now).whole_seconds(), (*entry.keep_until - *now).whole_seconds()))
    }

    #[test]
    fn an_entry_ends_with_the_first_of_its_limits() {
        let limits = |ttl: u32, stale: u32| Limits {
            ttl: SECOND * ttl,
            negative_ttl: SECOND * 7,
            stale: SECOND * stale,
        };
        for (session_ends, allowed, ttl, stale, expected) in [
            (None, None, 10, 0, Some((10, 10))),
            (None, None, 10, 5, Some((10, 15))),
            (None, Some(4), 10, 5, Some((4, 9))),
            (None, Some(40), 10, 5, Some((10, 15))),
            (Some(12), None, 10, 5, Some((10, 12))),
            (Some(3), None, 10, 5, Some((3, 3))),
            (Some(0), None, 10, 5, None),
            (Some(-1), None, 10, 5, None),
            (None, Some(0), 10, 5, None),
            (None, None, 0, 5, None),
        ] {
            let mut session = Session::new(Uuid::nil());
            // A second more: the time between this and the call.
            session.expires_at = session_ends
                .map(|seconds| (*crate::clock::now() + time::Duration::milliseconds(seconds * 1000)).into());
            let mut resolved = Resolved::new(Resolution::Active(session.into()));
            resolved.cache_for = allowed.map(|seconds| SECOND * seconds);
            let found = seconds(&resolved, limits(ttl, stale));
            let near =
                |(a, b): (i64, i64), (c, d): (i64, i64)| (c - 2..=c).contains(&a) && (d - 2..=d).contains(&b);
            assert!(
                match (found, expected) {
                    (Some(found), Some(expected)) => near(found, expected),
                    (found, expected) => found == expected,
                },
                "{session_ends:?} {allowed:?} {ttl} {stale}: {found:?}"
            );
        }
        let anonymous = Resolved::new(Resolution::Anonymous);
        assert_eq!(seconds(&anonymous, limits(10, 5)), Some((7, 7)));
        assert_eq!(seconds(&anonymous, Limits { negative_ttl: Duration::ZERO, ..limits(10, 5) }), None);
    }
}
