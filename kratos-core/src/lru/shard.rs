//! One shard: a slab of entries, indexed by key and by group, in the order of their use.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use super::{
    Group, Value, halves,
    slot::{Link, List, NONE, Slot, Slots},
};
use crate::{credential::CacheKey, model::Timestamp};

/// Entries of one shard. The tables hold indices of slots.
pub(super) struct Shard<V> {
    slots: Slots<V>,
    keys: HashTable<u32>,
    heads: Heads,
    newest: u32,
    oldest: u32,
    bytes: u64,
    limits: Limits,
}

/// The first slot of each group's list.
struct Heads {
    first: HashTable<u32>,
    second: HashTable<u32>,
}

impl Heads {
    fn of(&mut self, group: Group) -> &mut HashTable<u32> {
        match group {
            Group::First => &mut self.first,
            Group::Second => &mut self.second,
        }
    }
}

#[derive(Clone, Copy)]
struct Limits {
    bytes: u64,
    entries: u64,
}

const GROUPS: [Group; 2] = [Group::First, Group::Second];

/// How many entries past their time each put drops at most.
const SWEEP: usize = 2;

impl<V: Value> Shard<V> {
    /// At least one entry fits by number.
    pub(super) fn new(bytes: u64, entries: u64) -> Self {
        Self::empty(Limits { bytes, entries: entries.max(1) })
    }

    fn empty(limits: Limits) -> Self {
        Self {
            slots: Slots::new(),
            keys: HashTable::new(),
            heads: Heads { first: HashTable::new(), second: HashTable::new() },
            newest: NONE,
            oldest: NONE,
            bytes: 0,
            limits,
        }
    }

    pub(super) fn get(&mut self, key: &CacheKey) -> Option<V> {
        let index = self.find(key)?;
        if self.newest != index {
            self.unlink_used(index);
            self.link_newest(index);
        }
        self.slots.get(index)?.value.clone()
    }

    /// Returns the entries that it replaced or evicted.
    pub(super) fn put(&mut self, key: CacheKey, value: V, hasher: &RandomState, now: Timestamp) -> Vec<V> {
        let mut dropped = Vec::from_iter(self.remove(&key, hasher));
        let bytes = value.heap_bytes().saturating_add(entry_bytes::<V>());
        let Some(bytes) = u32::try_from(bytes).ok().filter(|bytes| u64::from(*bytes) <= self.limits.bytes)
        else {
            dropped.push(value);
            return dropped;
        };
        for _ in 0..SWEEP {
            let oldest = self.slots.get(self.oldest).and_then(|slot| slot.value.as_ref());
            if oldest.is_none_or(|oldest| oldest.keep_until() > now) {
                break;
            }
            dropped.extend(self.drop_slot(self.oldest, hasher));
        }
        while self.bytes + u64::from(bytes) > self.limits.bytes || self.len() >= self.limits.entries {
            let Some(evicted) = self.drop_slot(self.oldest, hasher) else { break };
            dropped.push(evicted);
        }
        self.insert(Slot::new(key, value, bytes), hasher);
        dropped
    }

    pub(super) fn remove(&mut self, key: &CacheKey, hasher: &RandomState) -> Option<V> {
        let index = self.find(key)?;
        self.drop_slot(index, hasher)
    }

    pub(super) fn remove_group(
        &mut self,
        group: Group,
        id: u128,
        hasher: &RandomState,
        dropped: &mut Vec<V>,
    ) {
        while let Some(index) = self.group_head(group, id, hasher) {
            let Some(value) = self.drop_slot(index, hasher) else { return };
            dropped.push(value);
        }
    }

    /// Takes every entry.
    pub(super) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::empty(self.limits))
    }

    pub(super) fn size(&self) -> (u64, u64) {
        (self.len(), self.bytes)
    }

    #[cfg(test)]
    pub(super) fn visited(&self) -> u64 {
        self.slots.visited()
    }

    fn len(&self) -> u64 {
        self.keys.len() as u64
    }

    fn find(&self, key: &CacheKey) -> Option<u32> {
        let [low, _] = halves(key);
        self.keys.find(low, |index| self.slots.has_key(*index, key)).copied()
    }

    fn group_head(&mut self, group: Group, id: u128, hasher: &RandomState) -> Option<u32> {
        let is_head = |index: &u32| self.slots.group(*index, group) == Some(id);
        self.heads.of(group).find(hasher.hash_one(id), is_head).copied()
    }

    fn insert(&mut self, slot: Slot<V>, hasher: &RandomState) {
        let ([low, _], bytes) = (halves(&slot.key), slot.bytes);
        let Some(index) = self.slots.insert(slot) else { return };
        let slots = &self.slots;
        self.keys.insert_unique(low, index, |index| slots.get(*index).map_or(0, |slot| halves(&slot.key)[0]));
        self.bytes += u64::from(bytes);
        self.link_newest(index);
        for group in GROUPS {
            if let Some(id) = self.slots.group(index, group) {
                self.link_group(group, id, index, hasher);
            }
        }
    }

    /// Takes an entry out of every table and list.
    fn drop_slot(&mut self, index: u32, hasher: &RandomState) -> Option<V> {
        let [low, _] = halves(&self.slots.get(index)?.key);
        for group in GROUPS {
            if let Some(id) = self.slots.group(index, group) {
                self.unlink_group(group, id, index, hasher);
            }
        }
        self.unlink_used(index);
        if let Ok(entry) = self.keys.find_entry(low, |other| *other == index) {
            entry.remove();
        }
        let (value, bytes) = self.slots.free(index)?;
        self.bytes -= u64::from(bytes);
        Some(value)
    }

    fn link_newest(&mut self, index: u32) {
        let newest = self.newest;
        self.slots.link(List::Used, index, Link { previous: NONE, next: newest });
        self.newest = index;
        if self.oldest == NONE {
            self.oldest = index;
        }
    }

    fn unlink_used(&mut self, index: u32) {
        let link = self.slots.unlink(List::Used, index);
        if self.newest == index {
            self.newest = link.next;
        }
        if self.oldest == index {
            self.oldest = link.previous;
        }
    }

    /// Puts an entry behind the head of its group, or makes it the head.
    fn link_group(&mut self, group: Group, id: u128, index: u32, hasher: &RandomState) {
        let list = List::Group(group);
        if let Some(head) = self.group_head(group, id, hasher) {
            let next = self.slots.next(list, head);
            return self.slots.link(list, index, Link { previous: head, next });
        }
        let slots = &self.slots;
        let rehash = |index: &u32| slots.group(*index, group).map_or(0, |id| hasher.hash_one(id));
        self.heads.of(group).insert_unique(hasher.hash_one(id), index, rehash);
    }

    fn unlink_group(&mut self, group: Group, id: u128, index: u32, hasher: &RandomState) {
        let link = self.slots.unlink(List::Group(group), index);
        if link.previous != NONE {
            return;
        }
        if let Ok(mut entry) = self.heads.of(group).find_entry(hasher.hash_one(id), |head| *head == index) {
            if link.next == NONE {
                entry.remove();
            } else {
                *entry.get_mut() = link.next;
            }
        }
    }
}

/// What an entry takes in a shard's own memory: its slot, an eighth of one that is reserved, and its places in three
/// tables of 5 bytes a bucket, which are two thirds full on average.
const fn entry_bytes<V>() -> usize {
    let slot = size_of::<Slot<V>>();
    slot + slot / 8 + 3 * 8
}
