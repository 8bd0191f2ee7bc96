use std::sync::{Arc, Barrier};

use super::*;
use crate::credential::{CacheKeyHasher, Credential};

#[derive(Clone, Debug, PartialEq)]
struct Item {
    number: u128,
    groups: [Option<u128>; 2],
    bytes: usize,
    keep_until: Timestamp,
}

impl Value for Item {
    fn groups(&self) -> [Option<u128>; 2] {
        self.groups
    }

    fn heap_bytes(&self) -> usize {
        self.bytes
    }

    fn keep_until(&self) -> Timestamp {
        self.keep_until
    }
}

fn item(number: u128, groups: [Option<u128>; 2]) -> Item {
    Item { number, groups, bytes: 0, keep_until: after(60) }
}

fn after(seconds: i64) -> Timestamp {
    (*crate::clock::now() + time::Duration::seconds(seconds)).into()
}

fn keys(count: u128) -> Vec<CacheKey> {
    let hasher = CacheKeyHasher::random();
    (0..count).map(|number| Credential::session_token(number.to_string()).cache_key(&hasher)).collect()
}

fn unbounded() -> ShardedLru<Item> {
    ShardedLru::new(u64::MAX, u64::MAX)
}

fn numbers(items: impl IntoIterator<Item = Item>) -> Vec<u128> {
    let mut numbers: Vec<_> = items.into_iter().map(|item| item.number).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn the_least_recently_used_entry_is_evicted() {
    let (map, keys) = (ShardedLru::new(u64::MAX, 3), keys(5));
    let put = |number: usize| map.put(keys[number], item(number as u128, [None; 2]));
    let has = |number: usize| {
        map.remove(&keys[number]).inspect(|item| map.put(keys[number], item.clone())).is_some()
    };
    (0..3).for_each(put);
    assert!(map.get(&keys[0]).is_some());
    put(3);
    assert_eq!([0, 1, 2, 3].map(has), [true, false, true, true], "0 was used after 1");
    // `has` put them back in this order: 0, 2, 3. Replacing an entry uses it.
    put(0);
    put(4);
    assert_eq!([0, 2, 3, 4].map(has), [true, false, true, true]);
}

#[test]
fn an_entry_that_is_replaced_leaves_its_groups() {
    let (map, keys) = (unbounded(), keys(2));
    map.put(keys[0], item(1, [Some(7), Some(8)]));
    map.put(keys[0], item(2, [Some(9), None]));
    assert_eq!(map.size().0, 1);
    assert!(map.remove_group(Group::First, 7).is_empty() && map.remove_group(Group::Second, 8).is_empty());
    assert!(map.remove_group(Group::Second, 9).is_empty(), "9 is a first group");
    assert_eq!(numbers(map.remove_group(Group::First, 9)), [2]);
    assert_eq!(map.size(), (0, 0));
}

/// Compares with a plain map through every operation, so that no table or list misses a change.
#[test]
fn it_agrees_with_a_plain_map() {
    let (map, keys) = (ShardedLru::new(u64::MAX, 4096), keys(64));
    let mut plain = std::collections::BTreeMap::<usize, Item>::new();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for step in 0..20_000_u128 {
        let key = roll(64) as usize;
        let group = u128::from(roll(8));
        match roll(8) {
            0..4 => {
                let groups = [(roll(4) > 0).then_some(group), (roll(4) > 0).then_some(group / 2)];
                let mut new = item(step, groups);
                new.bytes = roll(1000) as usize;
                map.put(keys[key], new.clone());
                plain.insert(key, new);
            }
            4 => assert_eq!(map.remove(&keys[key]), plain.remove(&key)),
            5 => {
                let (one, second) = (roll(16) == 0, roll(2) == 0);
                let (kind, id) = if second { (Group::Second, group / 2) } else { (Group::First, group) };
                if one {
                    let is_in = |item: &Item| item.groups[usize::from(second)] == Some(id);
                    let expected = numbers(plain.values().filter(|item| is_in(item)).cloned());
                    plain.retain(|_, item| !is_in(item));
                    assert_eq!(numbers(map.remove_group(kind, id)), expected, "step {step}");
                }
            }
            _ => assert_eq!(map.get(&keys[key]).as_ref(), plain.get(&key)),
        }
        let bytes: usize = plain.values().map(|item| item.bytes).sum();
        let (entries, reckoned) = map.size();
        assert_eq!(entries, plain.len() as u64);
        assert_eq!(reckoned - entries * map_overhead(), bytes as u64, "step {step}");
    }
    map.clear();
    assert_eq!(map.size(), (0, 0));
}

fn map_overhead() -> u64 {
    let map = unbounded();
    map.put(keys(1)[0], item(0, [None; 2]));
    map.size().1
}

#[test]
fn entries_past_their_time_are_dropped_by_later_ones() {
    let (map, keys) = (ShardedLru::new(u64::MAX, 100), keys(12));
    let old = |number: u128| Item { keep_until: after(-1), ..item(number, [None; 2]) };
    (0..10).for_each(|number| map.put(keys[number], old(number as u128)));
    assert!(map.size().0 <= 10);
    (0..10).for_each(|_| map.put(keys[10], item(10, [None; 2])));
    assert_eq!(map.size().0, 1, "those past their time are gone");
    map.put(keys[11], item(11, [None; 2]));
    assert_eq!(map.size().0, 2, "the others stay");
}

#[test]
fn an_entry_larger_than_the_map_is_not_stored() {
    let (map, keys) = (ShardedLru::new(1000, 10), keys(2));
    map.put(keys[0], item(0, [None; 2]));
    map.put(keys[1], Item { bytes: 1000, ..item(1, [None; 2]) });
    assert!(map.get(&keys[0]).is_some() && map.get(&keys[1]).is_none());
    map.put(keys[0], Item { bytes: usize::MAX, ..item(0, [None; 2]) });
    assert_eq!(map.size(), (0, 0), "the entry that it replaces is outdated");
}

/// Removals cost what they drop, and leave nothing behind that look-ups would pay for.
#[test]
fn the_work_does_not_grow_with_the_removals() {
    let (map, keys) = (ShardedLru::new(u64::MAX, 4096), keys(2_000));
    let (session, identity) = (|n: usize| n as u128 / 2, |n: usize| n as u128 / 20);
    for (number, key) in keys.iter().enumerate() {
        map.put(*key, item(number as u128, [Some(session(number)), Some(identity(number))]));
    }
    let work = |operation: &dyn Fn()| {
        let before = map.visited();
        operation();
        map.visited() - before
    };
    let look_up = || work(&|| assert!(map.get(&keys[0]).is_some()));
    let _ = look_up();
    let before = look_up();
    let unknown = CacheKeyHasher::random();
    let removals = work(&|| {
        for number in 0..100_000_u32 {
            let key = Credential::cookie(number.to_string()).cache_key(&unknown);
            assert!(map.remove(&key).is_none());
            assert!(map.remove_group(Group::First, u128::from(number) + 1_000_000).is_empty());
        }
    });
    assert!(removals < 200_000, "{removals} slots visited by 200,000 removals of nothing");
    assert_eq!(look_up(), before);
    // 2 entries of a session, 20 of an identity.
    let two = work(&|| assert_eq!(map.remove_group(Group::First, session(1_000)).len(), 2));
    let twenty = work(&|| assert_eq!(map.remove_group(Group::Second, identity(1_200)).len(), 20));
    assert!(two < 100 && twenty < 1_000, "{two} and {twenty} slots visited to drop 2 and 20 of 2,000");
    assert_eq!((look_up(), map.size().0), (before, 1_978));
}

#[test]
fn shards_share_the_keys_evenly() {
    let (map, keys) = (ShardedLru::new(u64::MAX, 64 * 1024), keys(64 * 1024));
    for (number, key) in keys.iter().enumerate() {
        map.put(*key, item(number as u128, [None; 2]));
    }
    assert!(map.size().0 > 61 * 1024, "{} of {}", map.size().0, 64 * 1024);
}

#[test]
fn threads_find_what_they_put() {
    let (map, keys) = (Arc::new(unbounded()), Arc::new(keys(400)));
    let start = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4_usize)
        .map(|thread| {
            let (map, keys, start) = (Arc::clone(&map), Arc::clone(&keys), Arc::clone(&start));
            std::thread::spawn(move || {
                start.wait();
                for round in 0..50_u128 {
                    for (number, key) in keys.iter().enumerate().skip(thread).step_by(4) {
                        map.put(*key, item(round, [Some(number as u128), None]));
                        assert_eq!(map.get(key).map(|item| item.number), Some(round));
                    }
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(map.size().0, 400);
}
