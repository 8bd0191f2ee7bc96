//! The fuzz targets. Each takes bytes and panics if an invariant is violated.
//!
//! libFuzzer runs them from `fuzz/fuzz_targets`, and `tests/twin` runs them with proptest in every test run. The bytes
//! are JSON for the decoders, otherwise an exchange: a first line, header lines, an empty line, a body.

// A target reports a finding by a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cookies;
mod credentials;
mod decoders;
mod exchange;
mod gateway;
mod hooks;
mod render;
mod return_to;
pub mod seeds;
mod whoami;
mod work;

/// A name and its target.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("session", decoders::session),
    ("identity", decoders::identity),
    ("flow", decoders::flow),
    ("flow_error", decoders::flow_error),
    ("continue_with", decoders::continue_with),
    ("success", decoders::success),
    ("admin", decoders::admin),
    ("error", decoders::error),
    ("whoami", whoami::whoami),
    ("second_factor", whoami::second_factor),
    ("credentials", credentials::credentials),
    ("cookies", cookies::cookies),
    ("relay", cookies::relay),
    ("return_to", return_to::return_to),
    ("links", return_to::links),
    ("gateway", gateway::gateway),
    ("render", render::render),
    ("work", work::work),
    ("hook", hooks::hook),
    ("hook_caller", hooks::caller),
    ("message", hooks::message),
];

/// Runs a target by name.
///
/// # Panics
/// If the target does not exist, or has a finding.
pub fn run(name: &str, data: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    target(data);
}
