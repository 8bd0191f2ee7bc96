//! Every operation of the client against every server that has it. At the end a table tells operation by server:
//! passed, or not offered. A cell that nobody looked at fails the suite, unless only some scenarios were asked for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod admin;
mod admin_sessions;
mod browser;
mod context;
mod eras;
mod ledger;
mod mails;
mod native;
mod old_admin;
mod refusals;
mod server;
mod sign_on;

use std::process::ExitCode;

use kratos_tests::lab::servers;
use kratos_tests::suite::{Scenario, run};

macro_rules! scenarios {
    ($($function:path: $name:literal;)+) => {
        &[$(Scenario { name: $name, needs: &[], run: |server| Box::pin($function(server)) }),+]
    };
}

const SCENARIOS: &[Scenario] = scenarios![
    server::health: "health, version, metrics, hash of the configuration";
    server::schemas: "schemas, the script, an error of a flow";
    native::sign_up_and_in: "a native app signs up, in, and out";
    native::settings: "a native app changes its settings";
    native::sessions: "a native app looks at its sessions and ends them";
    native::second_factor: "a second factor is enrolled and asked for";
    native::expired: "a flow that is too old";
    browser::sign_up_and_in: "a browser signs up, in, and out";
    browser::settings: "a browser changes its settings, and refreshes for it";
    mails::recovery: "an account is recovered by mail";
    mails::verification: "an address is verified by mail";
    mails::passwordless: "a code by mail signs in";
    admin::identities: "identities are made, read, changed and deleted";
    admin::import: "identities are brought along with credentials, many at once";
    admin::paging: "identities page by themselves";
    admin::recovery: "recovery links and codes";
    admin::courier: "the messages that were sent";
    admin_sessions::sessions: "everybody's sessions";
    old_admin::reads: "flows, errors and schemas on the admin port of 0.6";
    sign_on::browser: "single sign-on of a browser";
    sign_on::native: "single sign-on of a native app, and its exchange of codes";
    sign_on::network_only: "FedCM";
    eras::detected: "the era is detected on both ports";
    refusals::wrong_input: "wrong ids, bodies and credentials are typed errors";
    refusals::raw: "any method and path";
];

fn main() -> ExitCode {
    let code = run(servers(), SCENARIOS);
    let asked_for_some = std::env::args().len() > 1;
    let untested = ledger::print(servers());
    if untested > 0 && !asked_for_some {
        println!("{untested} cells that nobody looked at");
        return ExitCode::FAILURE;
    }
    code
}
