//! The slots of a shard, and the lists that run through them.

use super::Value;
use crate::credential::CacheKey;

/// No slot.
pub(super) const NONE: u32 = u32::MAX;

/// Where the list goes on from a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) previous: u32,
    pub(super) next: u32,
}

impl Link {
    pub(super) const ALONE: Self = Self { previous: NONE, next: NONE };
}

/// The lists that a slot is part of.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    /// All slots by their last use. Free slots form a list of their own by its `next`.
    Used,
    /// The slots of one group.
    Group(super::Group),
}

pub(super) struct Slot<V> {
    pub(super) key: CacheKey,
    /// `None` for a free slot.
    pub(super) value: Option<V>,
    pub(super) bytes: u32,
    links: [Link; 3],
}

impl<V> Slot<V> {
    pub(super) fn new(key: CacheKey, value: V, bytes: u32) -> Self {
        Self { key, value: Some(value), bytes, links: [Link::ALONE; 3] }
    }

    pub(super) fn link(&mut self, list: List) -> &mut Link {
        let [used, first, second] = &mut self.links;
        match list {
            List::Used => used,
            List::Group(super::Group::First) => first,
            List::Group(super::Group::Second) => second,
        }
    }
}

/// Slots by index. An index stays valid until its slot is freed.
pub(super) struct Slots<V> {
    slots: Vec<Slot<V>>,
    free: u32,
    #[cfg(test)]
    visited: std::cell::Cell<u64>,
}

impl<V: Value> Slots<V> {
    pub(super) fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: NONE,
            #[cfg(test)]
            visited: std::cell::Cell::new(0),
        }
    }

    pub(super) fn get(&self, index: u32) -> Option<&Slot<V>> {
        #[cfg(test)]
        self.visited.set(self.visited.get() + 1);
        self.slots.get(index as usize)
    }

    pub(super) fn get_mut(&mut self, index: u32) -> Option<&mut Slot<V>> {
        #[cfg(test)]
        self.visited.set(self.visited.get() + 1);
        self.slots.get_mut(index as usize)
    }

    #[cfg(test)]
    pub(super) fn visited(&self) -> u64 {
        self.visited.get()
    }

    /// Whether the slot's key is this one.
    pub(super) fn has_key(&self, index: u32, key: &CacheKey) -> bool {
        self.get(index).is_some_and(|slot| slot.key == *key)
    }

    /// The slot's group.
    pub(super) fn group(&self, index: u32, group: super::Group) -> Option<u128> {
        let [first, second] = self.get(index)?.value.as_ref()?.groups();
        match group {
            super::Group::First => first,
            super::Group::Second => second,
        }
    }

    /// Puts a slot where one is free, or at the end. `None` when there are 2³² - 1.
    pub(super) fn insert(&mut self, slot: Slot<V>) -> Option<u32> {
        let index = self.free;
        if let Some(free) = self.get_mut(index) {
            let next = free.link(List::Used).next;
            *free = slot;
            self.free = next;
            return Some(index);
        }
        let index = u32::try_from(self.slots.len()).ok().filter(|index| *index != NONE)?;
        if self.slots.len() == self.slots.capacity() {
            // By a quarter: doubling leaves half of the memory unused.
            self.slots.reserve_exact((self.slots.len() / 4).max(16));
        }
        self.slots.push(slot);
        Some(index)
    }

    /// Frees a slot that is in no list any more.
    pub(super) fn free(&mut self, index: u32) -> Option<(V, u32)> {
        let free = self.free;
        let slot = self.get_mut(index)?;
        let value = slot.value.take()?;
        *slot.link(List::Used) = Link { previous: NONE, next: free };
        let bytes = slot.bytes;
        self.free = index;
        Some((value, bytes))
    }

    /// Takes a slot out of a list. Returns where it was.
    pub(super) fn unlink(&mut self, list: List, index: u32) -> Link {
        let Some(slot) = self.get_mut(index) else { return Link::ALONE };
        let link = std::mem::replace(slot.link(list), Link::ALONE);
        if let Some(previous) = self.get_mut(link.previous) {
            previous.link(list).next = link.next;
        }
        if let Some(next) = self.get_mut(link.next) {
            next.link(list).previous = link.previous;
        }
        link
    }

    /// Puts a slot that is in no list between two neighbours.
    pub(super) fn link(&mut self, list: List, index: u32, between: Link) {
        if let Some(slot) = self.get_mut(index) {
            *slot.link(list) = between;
        }
        if let Some(previous) = self.get_mut(between.previous) {
            previous.link(list).next = index;
        }
        if let Some(next) = self.get_mut(between.next) {
            next.link(list).previous = index;
        }
    }

    /// What follows a slot in a list.
    pub(super) fn next(&mut self, list: List, index: u32) -> u32 {
        self.get_mut(index).map_or(NONE, |slot| slot.link(list).next)
    }
}
