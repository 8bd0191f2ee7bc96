//! Sessions of real people, on the testkit and on each server of `KRATOS_LAB`: asked for through kratos-core's
//! `HttpResolver`, and through an axum and an actix-web application on loopback ports. Every scenario is the same
//! everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod app;
mod credentials;
mod endings;
mod failures;
mod journeys;
mod requirements;
mod second_factor;
mod tokens;

use app::{Framework, Site};
use kratos_tests::driver::Feature;
use kratos_tests::lab::servers;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

macro_rules! scenarios {
    ($($function:path: $name:literal, [$($need:ident),*];)+) => {
        &[$(
            scenarios!(@ Axum, $function: concat!("axum: ", $name), [$($need),*]),
            scenarios!(@ Actix, $function: concat!("actix: ", $name), [$($need),*]),
        )+]
    };
    (@ $framework:ident, $function:path: $name:expr, [$($need:ident),*]) => {
        Scenario {
            name: $name,
            needs: &[$(Feature::$need),*],
            run: |server| {
                Box::pin(async move { $function(&Site { server, framework: Framework::$framework }).await })
            },
        }
    };
}

const SCENARIOS: &[Scenario] = scenarios![
    credentials::none: "no credential: 401, a page is led to login, a public route is open", [];
    credentials::token: "a session token opens the session", [];
    credentials::bearer: "a bearer token opens the session", [];
    credentials::cookie: "a session cookie opens the session", [];
    credentials::garbage: "what was never a credential is anonymous", [];
    credentials::foreign: "what is not Kratos' is not sent to it", [];
    credentials::explicit_wins: "a token wins over a cookie", [];
    credentials::among_others: "a session cookie is found among others, strange bytes included", [];
    credentials::duplicate_after: "an unreadable cookie after the session cookie does not lock out", [];
    credentials::duplicate_before: "an unreadable cookie before the session cookie does not lock out", [AnyDuplicate];
    credentials::duplicate_signed_out: "a signed-out cookie beside a valid one is a session or a no", [];
    credentials::typed_traits: "traits come as the application's type, and wrong ones lose nothing", [];
    credentials::jwt: "a tokenised session is no credential", [Tokenize];
    endings::sign_out_token: "a token that was signed out is anonymous", [];
    endings::sign_out_browser: "a cookie that was signed out is anonymous", [];
    endings::expired: "an expired session is anonymous", [Expiry];
    endings::revoked: "a session revoked by an admin is anonymous, others stay", [AdminRevocation];
    endings::revoked_elsewhere: "a session revoked from another device is anonymous", [OwnRevocation];
    endings::deleted: "the session of a deleted identity is anonymous", [];
    endings::inactive: "the session of a deactivated identity is anonymous", [IdentityState];
    endings::extended: "a session cookie re-issued after an extension reaches the browser", [Extension];
    endings::nothing_else_relayed: "no other cookie of Kratos reaches the browser", [];
    second_factor::stepping_up: "an enrolled person is asked for the second factor, then let in", [SecondFactor];
    second_factor::stepping_up_natively: "a native app is told to step up, then let in", [SecondFactor];
    second_factor::enrolling: "a person without second factor is led to enrol", [SecondFactor];
    second_factor::unknown_levels: "where Kratos knows no levels, an AAL2 route stays shut", [NoLevels];
    requirements::fresh: "a privileged route asks to sign in again when that is long ago", [];
    requirements::fresh_again: "a native app that signs in again is let in", [];
    requirements::verified: "a route for verified addresses", [];
    requirements::signed_out: "a login page is for who is not signed in, or has to sign in again", [];
    requirements::scripts: "scripts and htmx get a status and where to go", [];
    journeys::login: "page, login, and back to the page", [];
    journeys::second_factor: "page, second factor, and back to the page", [SecondFactor];
    journeys::refresh: "page, signing in again, and back to the page", [];
    tokens::cheap: "a token opens cheap routes, and Kratos is not asked", [Tokenize];
    tokens::live: "a live route wants the session beside its token", [Tokenize];
    tokens::two_people: "a token beside somebody else's session is no live session", [Tokenize];
    tokens::revoked: "a token outlives its session on cheap routes alone", [Tokenize, AdminRevocation];
    tokens::second_factor: "a token beside a session of two factors", [Tokenize, SecondFactor];
    tokens::foreign: "a token of other keys, of another issuer or none at all is anonymous", [Tokenize];
    tokens::no_keys: "a token is 503 as long as there are no keys", [Tokenize];
    tokens::exchange: "a session is exchanged for a token, once", [Tokenize];
    tokens::exchange_ends: "after a sign-out there is no token", [Tokenize];
    tokens::exchange_fails: "no token without a session, a template or Kratos", [Tokenize];
    failures::unreachable: "Kratos unreachable: 503, but nobody is asked where nothing needs it", [];
    failures::slow: "Kratos slow: 503 in time", [];
    failures::admin_url: "the admin URL instead of the public one is a 500 that names the fix", [];
    failures::wrong_prefix: "a wrong path prefix is a 500 that names the fix", [];
];

fn main() -> ExitCode {
    run(servers(), SCENARIOS)
}
