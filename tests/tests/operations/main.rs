//! Every operation of the client on every server that supports it. Prints a table of operations by server at the end. An
//! untested cell fails the suite, unless only some scenarios were selected.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step fails the test"
)]

mod admin;
mod admin_sessions;
mod browser;
mod context;
mod eras;
mod latest;
mod ledger;
mod mails;
mod native;
mod old_admin;
mod parked;
mod refusals;
mod server;
mod sign_on;

use std::process::ExitCode;

use kratos_tests::lab::servers_and_gateway;
use kratos_tests::suite::{Scenario, run};

macro_rules! scenarios {
    ($($function:path: $name:literal;)+) => {
        &[$(Scenario { name: $name, needs: &[], run: |server| Box::pin($function(server)) }),+]
    };
}

const SCENARIOS: &[Scenario] = scenarios![
    server::health: "health, version, metrics, hash of the configuration";
    server::schemas: "schemas, the WebAuthn script, a flow error";
    native::sign_up_and_in: "a native app signs up, in, and out";
    native::settings: "a native app changes its settings";
    native::sessions: "a native app lists its sessions and ends them";
    native::second_factor: "a second factor is enrolled and required";
    native::expired: "an expired flow";
    browser::sign_up_and_in: "a browser signs up, in, and out";
    browser::settings: "a browser changes its settings after a refresh";
    mails::recovery: "an account is recovered by mail";
    mails::verification: "an address is verified by mail";
    mails::passwordless: "a user signs in with a code by mail";
    admin::identities: "identities are created, read, changed and deleted";
    admin::import: "identities are imported with credentials, also in a batch";
    admin::paging: "identities are paginated";
    admin::recovery: "recovery links and codes";
    admin::courier: "sent messages";
    admin_sessions::sessions: "sessions of all users";
    latest::sessions: "sessions of many identities are ended at once";
    latest::provider_test: "a single sign-on provider is tested";
    latest::change_password: "the page on which a password is changed";
    latest::imports: "an authenticator app and backup codes are imported";
    latest::disabled: "a deactivated user is refused";
    latest::testkit: "the testkit behaves as a release after 26.2";
    parked::stories: "a new address is stored once it is verified";
    old_admin::reads: "flows, errors and schemas on the admin port of 0.6";
    sign_on::browser: "single sign-on of a browser";
    sign_on::native: "single sign-on of a native app, and its session token exchange";
    sign_on::network_only: "FedCM";
    eras::detected: "the era is detected on both ports";
    refusals::wrong_input: "wrong ids, bodies and credentials are typed errors";
    refusals::raw: "any method and path";
];

fn main() -> ExitCode {
    let code = run(servers_and_gateway(), SCENARIOS);
    let some_selected = std::env::args().len() > 1;
    let untested = ledger::print(servers_and_gateway());
    if untested > 0 && !some_selected {
        println!("{untested} untested cells");
        return ExitCode::FAILURE;
    }
    code
}
