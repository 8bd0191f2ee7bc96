//! The cache of JWTs.

use uuid::Uuid;

use super::SessionJwt;
use crate::{
    credential::{CacheKey, CacheKeyHasher},
    lru::{Group, ShardedLru, Value},
    model::Timestamp,
};

/// JWTs by credential and template. Each can be dropped by its credential and by its session.
pub(super) struct JwtCache {
    entries: ShardedLru<Entry>,
    hasher: CacheKeyHasher,
}

#[derive(Clone)]
struct Entry {
    jwt: SessionJwt,
    credential: u128,
}

/// 16 MiB.
const CAPACITY: u64 = 16 * 1024 * 1024;

impl JwtCache {
    pub(super) fn get(&self, credential: CacheKey, template: &str) -> Option<SessionJwt> {
        self.entries.get(&credential.labelled(&self.hasher, template)).map(|entry| entry.jwt)
    }

    pub(super) fn put(&self, credential: CacheKey, template: &str, jwt: SessionJwt) {
        let key = credential.labelled(&self.hasher, template);
        self.entries.put(key, Entry { jwt, credential: number(credential) });
    }

    /// Drops the JWTs of a credential, and returns them.
    pub(super) fn remove_credential(&self, credential: CacheKey) -> impl Iterator<Item = SessionJwt> {
        self.entries.remove_group(Group::First, number(credential)).into_iter().map(|entry| entry.jwt)
    }

    /// Drops the JWTs of a session.
    pub(super) fn remove_session(&self, session: Uuid) {
        self.entries.remove_group(Group::Second, session.as_u128());
    }
}

impl Default for JwtCache {
    fn default() -> Self {
        Self { entries: ShardedLru::new(CAPACITY, u64::MAX), hasher: CacheKeyHasher::random() }
    }
}

impl Value for Entry {
    fn groups(&self) -> [Option<u128>; 2] {
        [Some(self.credential), Some(self.jwt.session_id().as_u128())]
    }

    fn heap_bytes(&self) -> usize {
        self.jwt.heap_bytes()
    }

    fn keep_until(&self) -> Timestamp {
        self.jwt.expires_at().unwrap_or(Timestamp::EPOCH)
    }
}

fn number(credential: CacheKey) -> u128 {
    u128::from_le_bytes(*credential.as_bytes())
}
