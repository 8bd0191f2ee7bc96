//! The memory that cached sessions take.

use std::{fs, sync::Arc};

use kratos_core::{
    credential::{CacheKeyHasher, Credential},
    model::Timestamp,
    resolve::{CachedSession, MemoryStore, SessionStore as _},
};
use uuid::Uuid;

use crate::fixture::{AGE, session};

pub struct Weights {
    /// Bytes allocated for one session in the store.
    pub each: f64,
    /// The bytes that the store computes for it.
    pub reckoned: f64,
    /// The configured limit, how many of a million sessions the store holds, and how much the process grew.
    pub bound: u64,
    pub held: u64,
    pub grown: u64,
}

const MILLION: u128 = 1_000_000;
const SAMPLE: u128 = 20_000;
const BOUND: u64 = 256 * 1024 * 1024;

pub fn measure() -> Weights {
    let store = MemoryStore::with_capacity(u64::MAX);
    let counted = allocation_counter::measure(|| {
        fill(&store, SAMPLE);
        let _ = store.size();
    });
    let (entries, bytes) = store.size();
    assert_eq!(entries, SAMPLE as u64);
    let (each, reckoned) = (counted.bytes_current as f64 / SAMPLE as f64, bytes as f64 / entries as f64);
    drop(store);

    let before = resident();
    let store = MemoryStore::with_capacity(BOUND);
    fill(&store, MILLION);
    let (held, _) = store.size();
    Weights { each, reckoned, bound: BOUND, held, grown: resident().saturating_sub(before) }
}

fn fill(store: &MemoryStore, count: u128) {
    let hasher = CacheKeyHasher::random();
    let until = Timestamp::from(*Timestamp::from(time::OffsetDateTime::now_utc()) + AGE);
    let decoded = session();
    for number in 0..count {
        // A copy has no spare capacity, like a session that a resolver found.
        let mut session = decoded.clone();
        session.id = Uuid::from_u128(number);
        session.identity = decoded.identity().map(|identity| {
            let mut identity = identity.clone();
            identity.id = Uuid::from_u128(number);
            Arc::new(identity)
        });
        let key = Credential::session_token(format!("ory_st_{number}")).cache_key(&hasher);
        store.put(key, CachedSession::new(Some(Arc::new(session)), until));
    }
}

/// The resident bytes of this process.
fn resident() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
