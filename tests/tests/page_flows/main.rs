//! Core's support for self-service pages: the same scenarios on the testkit and on each server of `KRATOS_LAB`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot continue has failed"
)]

mod frameworks;
mod leaving;
mod mounted;
mod page;
mod showing;
mod walk;

use kratos_tests::lab::servers;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const MODULES: [&[Scenario]; 4] = [showing::ALL, mounted::ALL, walk::ALL, leaving::ALL];

fn main() -> ExitCode {
    run(servers(), MODULES.into_iter().flatten())
}
