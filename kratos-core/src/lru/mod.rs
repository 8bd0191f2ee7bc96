//! A bounded map in memory, for everything that this crate caches.
//!
//! Entries are found by key, and dropped by key or by group (a session, an identity), each in time proportional to what
//! is dropped. The least recently used entries make room for new ones.
//!
//! The shards are built on hashbrown's `HashTable`, the table of std's `HashMap`, without its default features: one
//! crate without dependencies. Of the LRU crates, `hashlink` depends on it too, `lru` has `unsafe` of its own and a
//! history of advisories (RUSTSEC-2021-0130, RUSTSEC-2026-0002), and neither indexes entries by group: that takes two
//! more maps, which repeat every key. Here an index of groups costs about 8 bytes an entry.

mod shard;
mod slot;
#[cfg(test)]
mod tests;

use std::{
    hash::RandomState,
    sync::{Mutex, MutexGuard, PoisonError},
};

use self::shard::Shard;
use crate::{credential::CacheKey, model::Timestamp};

/// What an entry holds.
pub(crate) trait Value: Clone {
    /// The groups that the entry can be dropped by. They must not change while it is in the map.
    fn groups(&self) -> [Option<u128>; 2];

    /// The bytes that the value owns on the heap.
    fn heap_bytes(&self) -> usize;

    /// When the entry becomes useless. It may be dropped afterwards.
    fn keep_until(&self) -> Timestamp;
}

/// A map of at most so many bytes and entries. Each shard has its own lock and an equal part of both limits.
pub(crate) struct ShardedLru<V> {
    shards: Box<[Padded<V>]>,
    groups: RandomState,
}

/// On cache lines of its own: threads that use distinct shards do not slow each other down.
#[repr(align(128))]
struct Padded<V>(Mutex<Shard<V>>);

/// A shard holds at least this many bytes and entries, so that their spread over the shards wastes little.
const SHARD_BYTES: u64 = 2 * 1024 * 1024;
const SHARD_ENTRIES: u64 = 1024;
const MAX_SHARDS: u64 = 64;

impl<V: Value> ShardedLru<V> {
    /// A map of at most `bytes` bytes, including its own tables, and at most `entries` entries.
    pub(crate) fn new(bytes: u64, entries: u64) -> Self {
        let wanted = (bytes / SHARD_BYTES).min(entries / SHARD_ENTRIES).clamp(1, MAX_SHARDS);
        // The greatest power of two that is not above: a mask selects the shard.
        let count = 1_u64 << wanted.ilog2();
        let new = |_| Padded(Mutex::new(Shard::new(bytes / count, entries / count)));
        Self { shards: (0..count).map(new).collect(), groups: RandomState::new() }
    }

    /// The entry of `key`, which becomes the most recently used one. It may be past its time.
    pub(crate) fn get(&self, key: &CacheKey) -> Option<V> {
        self.shard(key)?.get(key)
    }

    /// Puts an entry in place of an earlier one. Evicts the least recently used entries when the shard is full. Does
    /// not store an entry larger than a shard.
    pub(crate) fn put(&self, key: CacheKey, value: V) {
        let now = crate::clock::now();
        // Freed after the lock is released.
        let _dropped = self.shard(&key).map(|mut shard| shard.put(key, value, &self.groups, now));
    }

    /// Drops the entry of `key`, and returns it.
    pub(crate) fn remove(&self, key: &CacheKey) -> Option<V> {
        self.shard(key)?.remove(key, &self.groups)
    }

    /// Drops every entry whose `group`-th group is `id`, and returns them. Looks once into each shard's index.
    pub(crate) fn remove_group(&self, group: Group, id: u128) -> Vec<V> {
        let mut dropped = Vec::new();
        for shard in &self.shards {
            lock(shard).remove_group(group, id, &self.groups, &mut dropped);
        }
        dropped
    }

    /// Drops every entry.
    pub(crate) fn clear(&self) {
        for shard in &self.shards {
            // Freed after the lock is released.
            let _dropped = lock(shard).take();
        }
    }

    /// How many entries there are, and their bytes.
    pub(crate) fn size(&self) -> (u64, u64) {
        self.shards
            .iter()
            .map(|shard| lock(shard).size())
            .fold((0, 0), |(entries, bytes), (more, larger)| (entries + more, bytes + larger))
    }

    fn shard(&self, key: &CacheKey) -> Option<MutexGuard<'_, Shard<V>>> {
        // As many bits as there are shards; the tables use the other half of the key.
        let [_, high] = halves(key);
        let mask = self.shards.len().saturating_sub(1);
        let index = usize::try_from(high & mask as u64).ok()?;
        self.shards.get(index).map(lock)
    }

    /// How many slots were visited so far: what the operations cost.
    #[cfg(test)]
    fn visited(&self) -> u64 {
        self.shards.iter().map(|shard| lock(shard).visited()).sum()
    }
}

/// Selects one of the two groups of [`Value::groups`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Group {
    First,
    Second,
}

fn lock<V>(shard: &Padded<V>) -> MutexGuard<'_, Shard<V>> {
    shard.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A key as two hashes. A [`CacheKey`] is a keyed hash: without the key, a caller cannot find credentials whose hashes
/// collide, so hashing it again would add nothing.
fn halves(key: &CacheKey) -> [u64; 2] {
    let key = u128::from_le_bytes(*key.as_bytes());
    // Both casts keep the lower 64 bits.
    [key as u64, (key >> 64) as u64]
}
