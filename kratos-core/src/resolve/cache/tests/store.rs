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
        (MemoryStore::with_capacity(100 * kib), 100 * kib, 350),
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

/// Measured in the same run: the bytes that the allocator hands out.
#[test]
fn the_computed_bytes_are_within_a_tenth_of_the_allocated_ones() {
    let json = r#"{"id":"9f425a8d-7efc-4768-8f23-7647a74fdf13","active":true,"expires_at":"2026-08-01T12:00:00Z",
        "authenticated_at":"2026-07-31T12:00:00Z","authenticator_assurance_level":"aal1",
        "authentication_methods":[{"method":"password","aal":"aal1","completed_at":"2026-07-31T12:00:00Z"}],
        "issued_at":"2026-07-31T12:00:00Z","identity":{"id":"f2a7c4a5-6d0f-4c63-9f0d-0a3c1f1a1b11",
        "schema_id":"default","schema_url":"http://127.0.0.1:4433/schemas/ZGVmYXVsdA","state":"active",
        "traits":{"email":"ada@example.org","name":{"first":"Ada","last":"Lovelace"}},
        "verifiable_addresses":[{"id":"3a2f5c3e-90d1-4d36-8f3e-31a9c4a50a01","value":"ada@example.org",
        "verified":true,"via":"email","status":"completed"}],"recovery_addresses":[]},
        "devices":[{"id":"0d8f0f5e-2c93-4a39-b7ef-0c3b5d4e6f70","ip_address":"127.0.0.1:51234",
        "user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0","location":""}]}"#;
    let mut added: serde_json::Value = serde_json::from_str(json).unwrap();
    added["added"] =
        serde_json::json!({"theme": {"colour": "green", "sizes": [1, 2, 3, "x"]}, "text": "y".repeat(300)});
    added["identity"]["added"] =
        (0..40).map(|number| (format!("field {number}"), serde_json::Value::from(number))).collect();
    for json in [json.to_owned(), added.to_string()] {
        let mut decoded: Session = serde_json::from_str(&json).unwrap();
        decoded.shrink();
        let hasher = CacheKeyHasher::random();
        let until = Timestamp::from(*crate::clock::now() + MINUTE);
        let store = MemoryStore::with_limits(u64::MAX, 8192);
        let allocated = allocation_counter::measure(|| {
            for number in 0..5_000 {
                let mut session = decoded.clone();
                session.id = Uuid::from_u128(number);
                session.identity = decoded.identity().map(|identity| {
                    let mut identity = identity.clone();
                    identity.id = Uuid::from_u128(number);
                    Arc::new(identity)
                });
                let key = credential(&number.to_string()).cache_key(&hasher);
                store.put(key, CachedSession::new(Some(Arc::new(session)), until));
            }
        });
        let (computed, allocated) = (store.size().1 as f64, allocated.bytes_current as f64);
        let ratio = computed / allocated;
        assert!((0.9..=1.1).contains(&ratio), "{computed} of {allocated}: {ratio:.3}");
    }
}
