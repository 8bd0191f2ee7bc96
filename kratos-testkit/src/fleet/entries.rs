use bytes::Bytes;
use kratos_core::{credential::CacheKey, fleet::FleetStore};

use super::{LONG, SHORT, eventually, key};

pub(super) async fn check(here: &impl FleetStore, there: &impl FleetStore) {
    let (a, b) = (key(), key());
    assert_eq!(get(here, &a).await, None, "an entry that was never stored");
    put(here, &a, b"one").await;
    assert_eq!(get(there, &a).await.as_deref(), Some(&b"one"[..]), "another process finds an entry");
    assert_eq!(get(there, &b).await, None, "the entry of another key");
    put(there, &a, b"two").await;
    assert_eq!(get(here, &a).await.as_deref(), Some(&b"two"[..]), "an entry replaces an earlier one");

    let any: Vec<u8> =
        (0..64 * 1024).map(|place: u32| place.to_le_bytes().into_iter().fold(7, |a, b| a ^ b)).collect();
    for bytes in [&b""[..], b"\0\r\n\xff'\"\\", &any] {
        put(here, &b, bytes).await;
        assert_eq!(get(there, &b).await.as_deref(), Some(bytes), "any {} bytes", bytes.len());
    }
    let stored = here.put(&b, Bytes::from_static(b"short"), SHORT).await;
    assert!(stored.is_ok(), "put: {stored:?}");
    eventually("an entry ends with its TTL", async || get(there, &b).await.is_none()).await;
    assert!(get(there, &a).await.is_some(), "an entry stays until its TTL ends");
}

async fn get(store: &impl FleetStore, key: &CacheKey) -> Option<Bytes> {
    let found = store.get(key).await;
    assert!(found.is_ok(), "get: {found:?}");
    found.ok().flatten()
}

async fn put(store: &impl FleetStore, key: &CacheKey, bytes: &[u8]) {
    let stored = store.put(key, Bytes::copy_from_slice(bytes), LONG).await;
    assert!(stored.is_ok(), "put: {stored:?}");
}
