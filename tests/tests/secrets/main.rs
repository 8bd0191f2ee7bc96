//! Passes marked secrets through every public type and error: none may appear in `Debug`, `Display`, the logs at TRACE, or
//! the metrics. At the end each public type that can hold data must have been formatted ([`coverage`]).

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
mod events;
mod fleet;
mod gateway;
mod hooks;
mod hosts;
mod journeys;
mod logs;
mod models;
mod names;
mod own;
mod pages;
mod provider;
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
        later("hosts: of Kratos stay inside", hosts::of_kratos_stay_inside),
        later("testkit: returned values", testkit::returned_values),
        later("testkit: values from requests", testkit::values_from_requests),
        now("names: open enumerations", names::open_enumerations),
        now("names: small answers", names::small_answers),
        now("names: requests and decisions", names::requests_and_decisions),
        now("own: questions", own::questions),
        now("pages: views and pages", pages::views_and_pages),
        now("pages: account", pages::account),
        now("pages: flows of pages", pages::flows_of_pages),
        now("pages: configuration", pages::configuration),
        later("services: of tower", services::of_tower),
        later("services: of actix", services::of_actix),
        later("journeys: nothing is logged or counted", journeys::nothing_is_logged_or_counted),
        now("provider: requests and claims", provider::requests),
        now("provider: token hooks", provider::hooks),
        later("provider: pages and errors", provider::pages),
        later("gateway: of core", gateway::core),
        later("gateway: the service", gateway::service),
        later("hooks: deliveries of the testkit", gateway::deliveries),
        later("hooks: every event", hooks::every_event),
        later("events: receivers", events::receivers),
        later("fleet: members", fleet::members),
        later("fleet: engines", fleet::engines),
        now("hooks: calls", hooks::calls),
        now("hooks: passwords and messages", hooks::passwords_and_messages),
        now("hooks: keys", hooks::keys),
        later("hooks: services", hooks::services),
        now("models: sessions and identities", models::sessions_and_identities),
        now("models: flows", models::flows),
        now("models: tests of providers", models::tests_of_providers),
        now("models: successes", models::successes),
        now("models: unknown members may be secret", models::unknown_members_may_be_secret),
        now("models: errors", models::errors),
        now("own: credentials", own::credentials),
        later("own: resolver results", own::resolver_results),
        later("own: errors of calls that fail", own::errors_of_calls_that_fail),
        now("own: configuration", own::configuration),
        now("own: bodies", own::bodies),
        later("own: responses", own::responses),
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
