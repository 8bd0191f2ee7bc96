//! Sessions on the testkit and on each server of `KRATOS_LAB`: through kratos-core's `HttpResolver`, and through an axum
//! and an actix-web application on loopback ports. Every scenario is the same for each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot continue has failed"
)]

mod app;
mod credentials;
mod endings;
mod failures;
mod journeys;
mod requirements;
mod second_factor;
mod tokens;

use kratos_tests::lab::servers;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const MODULES: [&[Scenario]; 7] = [
    credentials::ALL,
    endings::ALL,
    second_factor::ALL,
    requirements::ALL,
    journeys::ALL,
    tokens::ALL,
    failures::ALL,
];

fn main() -> ExitCode {
    run(servers(), MODULES.into_iter().flatten())
}
