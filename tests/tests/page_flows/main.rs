//! Core's support for self-service pages: the same scenarios on the testkit and on each server of `KRATOS_LAB`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed"
)]

mod account;
mod frameworks;
mod leaving;
mod mounted;
mod page;
mod showing;
mod walk;

use kratos_tests::lab::servers_and_gateway;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const MODULES: [&[Scenario]; 5] = [account::ALL, showing::ALL, mounted::ALL, walk::ALL, leaving::ALL];

fn main() -> ExitCode {
    run(servers_and_gateway(), MODULES.into_iter().flatten())
}
