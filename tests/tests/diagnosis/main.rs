//! Each misconfiguration logs one line with the key to change, in axum and in actix-web, on the testkit and on each server
//! of `KRATOS_LAB`. A line is logged once per process. If it does not contain a name of the scenario, the responses are
//! checked for each server and framework.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

mod app;
mod built;
mod gateway;
mod log;
mod met;

use kratos_tests::lab::servers;
use kratos_tests::scenarios;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const SCENARIOS: &[Scenario] = scenarios![
    built::hosts: "hosts that share no cookie, at startup", [];
    built::missing_layer: "a missing layer", [];
    built::no_client: "pages without a client", [];
    built::other_name: "a page requested by another loopback name", [];
    built::silence: "no line for a correct configuration", [];
    gateway::browsers_sent_elsewhere: "a gateway, and browsers sent elsewhere", [];
    gateway::redirects_past_it: "a base URL past the gateway", [OwnRedirects];
    gateway::silence: "no line for a correct gateway", [];
    met::cookie_for_others: "a session cookie that never reaches the application", [];
    met::secure_cookie: "a Secure session cookie over http", [];
    met::step_up_elsewhere: "a step-up at another Kratos URL", [];
    met::form_elsewhere: "a form and cookies of another host than configured", [];
    met::own_return_to: "the application's own URL is refused", [Modern];
    met::return_to_of_a_call: "a `return_to` of a call is refused", [Modern];
    met::admin_as_public: "the admin URL given as the public one", [];
    met::public_as_admin: "the public URL given as the admin one", [];
];

fn main() -> ExitCode {
    log::record();
    run(servers(), SCENARIOS)
}
