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
    /// The bytes that the process grows by for each session, between 100,000 and 300,000 of them.
    pub resident: f64,
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
        fill(&store, 0..SAMPLE);
        let _ = store.size();
    });
    let (entries, bytes) = store.size();
    assert_eq!(entries, SAMPLE as u64);
    let (each, reckoned) = (counted.bytes_current as f64 / SAMPLE as f64, bytes as f64 / entries as f64);
    drop(store);

    let before = resident();
    let store = MemoryStore::with_capacity(BOUND);
    fill(&store, 0..MILLION);
    let (held, _) = store.size();
    let grown = resident().saturating_sub(before);

    // Beside the first one, whose memory would be used again.
    let another = MemoryStore::with_capacity(u64::MAX);
    fill(&another, 0..100_000);
    let before = resident();
    fill(&another, 100_000..300_000);
    let resident = resident().saturating_sub(before) as f64 / 200_000.0;
    Weights { each, reckoned, resident, bound: BOUND, held, grown }
}

fn fill(store: &MemoryStore, numbers: std::ops::Range<u128>) {
    let hasher = CacheKeyHasher::random();
    let until = Timestamp::from(*Timestamp::from(time::OffsetDateTime::now_utc()) + AGE);
    let decoded = session();
    for number in numbers {
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
