//! Runs the fuzz targets under proptest: on the seeds, on seeds mutated as JSON and as bytes, and on arbitrary bytes.
//! Needs no nightly compiler, so it is a part of every test run.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot continue has failed")]

mod change;
mod found;

use std::collections::HashMap;
use std::sync::LazyLock;

use change::{bytes, json};
use kratos_fuzz_targets::{TARGETS, run, seeds};
use proptest::prelude::*;
use proptest::sample::Index;

static SEEDS: LazyLock<HashMap<&str, Vec<Vec<u8>>>> =
    LazyLock::new(|| TARGETS.iter().map(|(name, _)| (*name, seeds::of(name))).collect());

/// Rendering a page costs a hundred times as much as decoding a flow.
const CASES: u32 = 400;
const CASES_OF_PAGES: u32 = 60;
/// Each case reads some twenty requests of 64 KiB.
const CASES_OF_WORK: u32 = 60;

/// Of what is recorded, one in so many is read by the targets that cost much.
const STEP_OF_PAGES: usize = 6;
const STEP_OF_WORK: usize = 16;

#[test]
fn every_target_has_seeds_and_accepts_them() {
    for (name, seeds) in &*SEEDS {
        assert!(seeds.len() > 1, "{name} has no seeds");
        let step = match *name {
            "render" => STEP_OF_PAGES,
            "work" => STEP_OF_WORK,
            _ => 1,
        };
        seeds.iter().step_by(step).for_each(|seed| run(name, seed));
    }
}

/// Some inputs must pass the first check, or nothing is tested.
#[test]
fn seeds_are_valid_responses() {
    let read = |name: &str| SEEDS.get(name).expect("a target").len();
    assert!(
        read("session") >= 20 && read("flow") >= 60 && read("whoami") >= 8,
        "too few recordings were decoded"
    );
}

macro_rules! twins {
    ($($name:ident, $cases:expr;)+) => {$(
        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases($cases) })]
            #[test]
            fn $name(
                seed in any::<Index>(),
                odd in prop::collection::vec((any::<Index>(), change::nasty()), 0..4),
                noise in prop::collection::vec((any::<Index>(), change::noise()), 0..3),
            ) {
                let name = stringify!($name);
                let seed = seed.get(&SEEDS[name]).clone();
                run(name, &bytes(json(seed, &odd), &noise));
            }
        }
    )+};
}

twins! {
    session, CASES;
    identity, CASES;
    flow, CASES;
    flow_error, CASES;
    continue_with, CASES;
    success, CASES;
    admin, CASES;
    error, CASES;
    whoami, CASES;
    second_factor, CASES;
    credentials, CASES;
    cookies, CASES;
    relay, CASES;
    return_to, CASES;
    links, CASES;
    gateway, CASES;
    render, CASES_OF_PAGES;
    work, CASES_OF_WORK;
    hook, CASES;
    hook_caller, CASES;
    message, CASES;
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]
    #[test]
    fn bytes_of_any_kind(data in prop::collection::vec(any::<u8>(), 0..300)) {
        for (_, target) in TARGETS {
            target(&data);
        }
    }
}
