//! Kratos' behaviour, asserted on the testkit and on every server of `KRATOS_LAB` through its HTTP API and a mailbox alone.
//! Then the testkit's responses are compared with those of Kratos 26.2.0, one by one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed"
)]

mod admin;
mod csrf;
mod differential;
mod keys;
mod login;
mod recovery;
mod registration;
mod return_to;
mod second_factor;
mod sessions;
mod settings;
mod sign_on;
mod transcript;
mod visitor;

use kratos_tests::lab::{servers_and_gateway, servers_and_latest};
use kratos_tests::suite::{Scenario, run_after};
use std::process::ExitCode;

const MODULES: [&[Scenario]; 11] = [
    sessions::ALL,
    login::ALL,
    csrf::ALL,
    return_to::ALL,
    registration::ALL,
    second_factor::ALL,
    settings::ALL,
    sign_on::ALL,
    keys::ALL,
    recovery::ALL,
    admin::ALL,
];

fn main() -> ExitCode {
    let scenarios = MODULES.into_iter().flatten();
    assert_eq!(scenarios.clone().count(), 240, "update the number of scenarios here and in README.md");
    let ran = run_after(servers_and_latest(), scenarios, |scenario, server| {
        transcript::begin(scenario.name, server);
    });
    let compared = differential::compare(servers_and_gateway());
    if ran == ExitCode::SUCCESS { compared } else { ran }
}
