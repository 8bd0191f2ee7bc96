//! The formulas of the guide's page `fleet-arithmetic`, against simulations.

use super::super::knowledge::{Knowledge, Seen};

/// Numbers that repeat with every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn id(&mut self) -> u128 {
        u128::from(self.bits()) << 64 | u128::from(self.bits())
    }
}

fn near(measured: f64, formula: f64) {
    assert!((measured / formula - 1.0).abs() < 0.03, "simulated {measured}, by the formula {formula}");
}

/// One session, whose requests meet processes at random: calls of Kratos and lookups in the store, a second.
#[test]
fn calls_and_lookups_are_as_the_guide_says() {
    for (processes, rate, ttl) in [(5, 0.1, 300.0), (20, 1.0, 30.0), (1000, 0.1, 300.0), (4, 0.5, 60.0)] {
        let mut chance = Chance(processes as u64);
        let mut now = 0.0;
        let (mut entry_ends, mut alone, mut memory) = (0.0, vec![0.0; processes], vec![0.0; processes]);
        let (mut calls_alone, mut calls, mut lookups) = (0.0, 0.0, 0.0);
        for _ in 0..400_000 {
            now -= (1.0 - chance.part()).ln() / rate;
            let process = (chance.bits() % processes as u64) as usize;
            if alone[process] <= now {
                calls_alone += 1.0;
                alone[process] = now + ttl;
            }
            if memory[process] > now {
                continue;
            }
            lookups += 1.0;
            if entry_ends <= now {
                calls += 1.0;
                entry_ends = now + ttl;
            }
            memory[process] = entry_ends;
        }
        let n = processes as f64;
        near(calls_alone / now, n / (ttl + n / rate));
        near(calls / now, 1.0 / (ttl + 1.0 / rate));
        // Of an entry's life: the call, and each other process that the session meets.
        let met = 1.0 + (n - 1.0) * (1.0 - (-rate * ttl / n).exp());
        near(lookups / now, met / (ttl + 1.0 / rate));
    }
}

/// Ids share stripes: some entries are refused that were not revoked.
#[test]
fn refused_entries_are_as_the_guide_says() {
    let mut chance = Chance(7);
    for records in [1_000_u32, 15_000] {
        let mut knowledge = Knowledge::with_stripes(65_536);
        knowledge.begin([0; 16], 0);
        for position in 1..=u128::from(records) {
            knowledge.revoke(position, chance.id());
            knowledge.applied(position);
        }
        let tries = 100_000;
        let refused = (0..tries).filter(|_| {
            // Written at any time since.
            let position = u128::from(chance.bits() % u64::from(records));
            let ids = [chance.id(), chance.id(), chance.id()];
            !knowledge.admits(Seen { generation: [0; 16], position }, &ids)
        });
        let x = 3.0 * f64::from(records) / 65_536.0;
        near(refused.count() as f64 / f64::from(tries), 1.0 - (1.0 - (-x).exp()) / x);
    }
}
