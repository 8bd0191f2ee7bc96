//! What self-service pages need of core: the same scenarios on the testkit and on each server of `KRATOS_LAB`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod frameworks;
mod leaving;
mod mounted;
mod page;
mod showing;
mod walk;

use kratos_tests::lab::servers;
use kratos_tests::scenarios;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const SCENARIOS: &[Scenario] = scenarios![
    showing::every_flow: "a page shows the flow that Kratos sent the browser with", [];
    showing::without: "a page without a flow leads to start one, and keeps every parameter", [];
    showing::unknown: "an unknown or malformed flow is replaced", [];
    showing::another_browser: "a flow of another browser is replaced, where Kratos can tell", [];
    showing::expired: "an expired flow is replaced, and its return_to is kept", [ShortLogin];
    showing::settings_of_nobody: "settings without a session lead to login and back", [];
    showing::looping: "a browser that loses its cookies does not bounce for ever", [];
    showing::error_page: "an error page without an error leads home", [];
    showing::outage: "Kratos unreachable: 503", [];
    mounted::alike: "every mounted page answers alike in axum and actix-web, for GET and HEAD", [];
    walk::pending_change: "a change on a stale session leads through signing in again, and is made on return",
        [ShortPrivilege];
    walk::links: "links between the pages keep return_to, and the new account comes back there", [LongPrivilege];
    leaving::by_post: "signing out ends the session, deletes the cookie and leads back", [];
    leaving::by_handlers: "the handlers of axum and actix-web sign out alike", [];
    leaving::across_sites: "another site cannot sign anybody out, nor choose where it leads", [];
];

fn main() -> ExitCode {
    run(servers(), SCENARIOS)
}
