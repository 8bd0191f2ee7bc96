use crate::{credential::CacheKeyHasher, model::Timestamp};

use super::{
    super::{CachedSession, MemoryStore, SessionStore as _, lifetime},
    *,
};

#[test]
fn an_entry_lives_as_long_as_the_shortest_limit() {
    let now = Timestamp::from(time::OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap());
    let seconds = |entry: Option<CachedSession>| {
        entry.map(|entry| {
            ((*entry.fresh_until - *now).whole_seconds(), (*entry.keep_until - *now).whole_seconds())
        })
    };
    let second = Duration::from_secs;
    for (ttl, allowed, end, stale, expected) in [
        (60, None, None, 0, Some((60, 60))),
        (60, Some(10), None, 0, Some((10, 10))),
        (60, Some(600), None, 0, Some((60, 60))),
        (60, None, Some(20), 0, Some((20, 20))),
        (60, None, Some(90), 60, Some((60, 90))),
        (60, None, None, 30, Some((60, 90))),
        (60, Some(0), None, 30, None),
        (0, None, None, 0, None),
        (60, None, Some(-1), 30, None),
        (u64::MAX, None, None, u64::MAX, None),
    ] {
        let mut session = Session::new(Uuid::nil());
        session.expires_at = end.map(|end| Timestamp::from(*now + time::Duration::seconds(end)));
        let mut resolved = Resolved::new(Resolution::Active(Arc::new(session)));
        resolved.cache_for = allowed.map(second);
        let limits =
            lifetime::Limits { ttl: second(ttl), negative_ttl: Duration::ZERO, stale: second(stale) };
        let entry = lifetime::entry(&resolved, limits, now);
        if ttl == u64::MAX {
            assert!(entry.is_some(), "the greatest durations do not overflow");
        } else {
            assert_eq!(seconds(entry), expected, "{ttl} {allowed:?} {end:?} {stale}");
        }
    }
}

#[test]
fn a_store_is_bounded() {
    let hasher = CacheKeyHasher::random();
    let until = Timestamp::from(*crate::clock::now() + MINUTE);
    let kib = 1024;
    for (store, bytes, most) in [
        (MemoryStore::with_capacity(100 * kib), 100 * kib, 300),
        (MemoryStore::with_limits(100 * kib, 30), 100 * kib, 30),
        (MemoryStore::with_limits(1024 * kib, 7), 1024 * kib, 7),
        (MemoryStore::with_limits(1024 * kib, 0), 1024 * kib, 1),
    ] {
        let key = |number: u128| credential(&format!("ory_st_{number}")).cache_key(&hasher);
        for number in 0..10_000 {
            let session = Arc::new(Session::new(Uuid::from_u128(number)));
            store.put(key(number), CachedSession::new(Some(session), until));
        }
        let (entries, weight) = store.size();
        assert!((1..=most).contains(&entries) && weight <= bytes, "{entries} of {most}, {weight} of {bytes}");
        assert!(store.get(&key(9_999)).is_some(), "the last session is cached");
    }
}

#[test]
fn a_session_and_an_identity_are_dropped_under_every_credential() {
    let (store, hasher) = (MemoryStore::new(), CacheKeyHasher::random());
    let until = Timestamp::from(*crate::clock::now() + MINUTE);
    let key = |of: &str| credential(of).cache_key(&hasher);
    let put = |of: &str, session: u128| {
        let Ok(Resolved { resolution: Resolution::Active(session), .. }) = active(session) else {
            unreachable!()
        };
        store.put(key(of), CachedSession::new(Some(session), until));
    };
    put("cookie of 1", 1);
    put("session token of 1", 1);
    put("cookie of 2", 2);
    store.put(key("anonymous"), CachedSession::new(None, until));
    store.remove_session(Uuid::from_u128(1));
    let kept = ["cookie of 1", "session token of 1", "cookie of 2", "anonymous"]
        .map(|of| store.get(&key(of)).is_some());
    assert_eq!(kept, [false, false, true, true]);
    store.remove_identity(Uuid::from_u128(102));
    assert_eq!(store.size().0, 1);
    assert!(store.remove(&key("anonymous")).is_some_and(|entry| entry.session.is_none()));
    assert_eq!(store.size(), (0, 0));
}
