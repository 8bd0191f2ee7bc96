//! Marked secrets through every public type and error: none comes out of `Debug`, `Display`, the logs at TRACE, or the
//! figures for operators. At the end each public type that holds anything must have been shown ([`coverage`]).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod applications;
mod coverage;
mod journeys;
mod logs;
mod models;
mod names;
mod own;
mod pages;
mod services;
mod shown;
mod testkit;
mod tokens;

use std::{future::Future, process::ExitCode};

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let whole = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list;
    let trials = vec![
        later("applications: axum and tower", applications::axum_and_tower),
        later("applications: actix", applications::actix),
        later("testkit: what it hands out", testkit::what_it_hands_out),
        later("testkit: what a conversation brings", testkit::what_a_conversation_brings),
        now("names: open enumerations", names::open_enumerations),
        now("names: small answers", names::small_answers),
        now("names: what asks and decides", names::what_asks_and_decides),
        now("own: questions", own::questions),
        now("pages: views and pages", pages::views_and_pages),
        now("pages: flows of pages", pages::flows_of_pages),
        now("pages: what configures them", pages::what_configures_them),
        later("services: of tower", services::of_tower),
        later("services: of actix", services::of_actix),
        later("journeys: nothing is logged or counted", journeys::nothing_is_logged_or_counted),
        now("models: sessions and identities", models::sessions_and_identities),
        now("models: flows", models::flows),
        now("models: successes", models::successes),
        now("models: what is unknown may be a secret too", models::what_is_unknown_may_be_a_secret_too),
        now("models: errors", models::errors),
        now("own: credentials", own::credentials),
        later("own: what resolvers say", own::what_resolvers_say),
        later("own: errors of calls that fail", own::errors_of_calls_that_fail),
        now("own: configuration", own::configuration),
        now("own: bodies", own::bodies),
        later("own: what is answered to visitors", own::what_is_answered_to_visitors),
    ];
    let conclusion = libtest_mimic::run(&arguments, trials);
    if conclusion.has_failed() || !whole {
        return conclusion.exit_code();
    }
    coverage::complete()
}

fn now(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}

fn later<F: Future<Output = ()> + 'static>(name: &str, test: fn() -> F) -> Trial {
    Trial::test(name, move || {
        tokio::runtime::Runtime::new()?.block_on(test());
        Ok(())
    })
}
