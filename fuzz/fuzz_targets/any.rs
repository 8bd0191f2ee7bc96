//! Runs the target that the binary's name selects.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kratos_fuzz_targets::run(env!("CARGO_BIN_NAME"), data));
