//! Every target: the binary's name says which.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kratos_fuzz_targets::run(env!("CARGO_BIN_NAME"), data));
