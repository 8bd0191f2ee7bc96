//! The first misconfiguration says what to do: each brings one line of the log with the key to change, through axum and
//! through actix-web, on the testkit and on each server of `KRATOS_LAB`. A line is told once a process, so where it
//! has no name of the scenario in it, the answers are what shows each server and framework.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod app;
mod built;
mod log;
mod met;

use kratos_tests::lab::servers;
use kratos_tests::scenarios;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const SCENARIOS: &[Scenario] = scenarios![
    built::hosts: "hosts that share no cookie, when the application is built", [];
    built::missing_layer: "a missing layer", [];
    built::no_client: "pages without a client", [];
    built::other_name: "a page asked for by another name of this machine", [];
    built::silence: "nothing at all, when all is well", [];
    met::cookie_for_others: "a session cookie that the application never gets", [];
    met::secure_cookie: "a Secure session cookie on http", [];
    met::step_up_elsewhere: "a second factor to be shown at another Kratos", [];
    met::form_elsewhere: "a form and cookies for another host than configured", [];
    met::own_return_to: "the application's own address is refused", [Modern];
    met::return_to_of_a_call: "an address is refused to a call", [Modern];
    met::admin_as_public: "the admin URL given as the public one", [];
    met::public_as_admin: "the public URL given as the admin one", [];
];

fn main() -> ExitCode {
    log::keep();
    run(servers(), SCENARIOS)
}
