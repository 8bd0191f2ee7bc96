//! The sections of the report. Each prints its figures, and says which goals they reach.

use std::{fmt, sync::Arc};

use crate::{
    alternate::{Measured, alternate, of},
    cold, decode,
    in_process::{self, App, actix, axum, axum_login},
    latency, loaded, memory, render,
    tokens::{self, Signer},
};

/// A line of the table of goals.
pub struct Goal {
    what: &'static str,
    asked: &'static str,
    reached: String,
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| {} | {} | {} |", self.what, self.asked, self.reached)
    }
}

fn goal(what: &'static str, asked: &'static str, reached: String) -> Goal {
    Goal { what, asked, reached }
}

type Section = fn() -> Vec<Goal>;

pub const SECTIONS: [(&str, Section); 8] = [
    ("in process", in_process),
    ("token guards, in process", by_token),
    ("signatures", signatures),
    ("decoding a session", decoding),
    ("whoami over loopback", by_network),
    ("under load", under_load),
    ("cold cookie and memory", bounds),
    ("pages", pages),
];

/// Oathkeeper before a real 26.2.0 gave this many requests a second on the machine that issue 8 was written on.
const OATHKEEPER: f64 = 996.0;

fn in_process() -> Vec<Goal> {
    let (measured, allocations) = run([axum::apps(), actix::apps(), axum_login::apps()], 300, 128);
    let first = |name: &str| if name.starts_with("actix") { actix::UNGUARDED } else { axum::UNGUARDED };
    println!("| one request | ns | own ns | allocations | own |\n|---|---|---|---|---|");
    for (one, count) in measured.iter().zip(&allocations) {
        let base = measured.iter().position(|other| other.name == first(one.name)).unwrap();
        let (own, more) = (one.over(&measured[base]), count - allocations[base]);
        println!("| {} | {:.0} | {own:.0} | {count:.1} | {more:.1} |", one.name, one.median());
    }
    let unguarded = of(&measured, axum::UNGUARDED);
    let place = |name| measured.iter().position(|one| one.name == name).unwrap();
    let own = of(&measured, axum::GUARDED).over(unguarded);
    let login = of(&measured, axum_login::GUARDED).over(unguarded);
    let more = allocations[place(axum::GUARDED)] - allocations[place(axum::UNGUARDED)];
    let actix = of(&measured, actix::GUARDED).over(of(&measured, actix::UNGUARDED));
    vec![
        goal(
            "cached guard's own cost in process, over the unguarded handler",
            "≤ 0.6 µs, ≤ 3 allocations",
            format!("{:.2} µs, {more:.1} allocations (actix: {:.2} µs)", own / 1e3, actix / 1e3),
        ),
        goal(
            "cached guard's own cost to axum-login's with everything in memory",
            "≤ 0.2",
            format!("{:.2}", own / login),
        ),
    ]
}

fn run<const N: usize>(apps: [Vec<App>; N], rounds: usize, times: usize) -> (Vec<Measured>, Vec<f64>) {
    let mut apps: Vec<App> = apps.into_iter().flatten().collect();
    let measured = alternate(apps.iter_mut().map(in_process::App::subject).collect(), rounds, times);
    (measured, apps.iter_mut().map(App::allocations).collect())
}

fn by_token() -> Vec<Goal> {
    let mut measured = Vec::new();
    println!("| one request | µs |\n|---|---|");
    for signer in [Signer::rs256(), Signer::es256()] {
        let mut apps = tokens::apps(&Arc::new(signer));
        measured.extend(alternate(
            apps.iter_mut().map(App::subject).collect(),
            tokens::ROUNDS,
            tokens::TIMES,
        ));
    }
    for one in &measured {
        println!("| {} | {:.1} |", one.name, one.median() / 1e3);
    }
    let times = |other, ours| format!("{:.1}", of(&measured, other).ratio(of(&measured, ours)));
    let (old, new) = ("kratos-axum, remembered token, RS256", "kratos-axum, new token, RS256");
    let (old_es, new_es) = ("kratos-axum, remembered token, ES256", "kratos-axum, new token, ES256");
    let (clerk, other, other_es) = ("clerk-rs, RS256", "jwt-authorizer, RS256", "jwt-authorizer, ES256");
    vec![
        goal(
            "token guard on a remembered token: clerk-rs (RS256), jwt-authorizer (RS256, ES256) take so many times as long",
            "≥ 10",
            format!("{}, {}, {}", times(clerk, old), times(other, old), times(other_es, old_es)),
        ),
        goal(
            "on a new token",
            "≥ 1",
            format!("{}, {}, {}", times(clerk, new), times(other, new), times(other_es, new_es)),
        ),
    ]
}

fn signatures() -> Vec<Goal> {
    println!("| checking one signature with jsonwebtoken | µs |\n|---|---|");
    for signer in [Signer::es256(), Signer::rs256()] {
        for one in alternate(signer.backends(), 60, 10) {
            println!("| {} | {:.0} |", one.name, one.median() / 1e3);
        }
    }
    Vec::new()
}

fn decoding() -> Vec<Goal> {
    let measured = decode::measure();
    println!("| a session of 1,285 bytes | ns |\n|---|---|");
    for one in &measured {
        println!("| {} | {:.0} |", one.name, one.median());
    }
    let ratio = of(&measured, decode::GENERATED).ratio(of(&measured, decode::OURS));
    vec![goal("decoding a session, to the generated client", "≥ 2.5 times as fast", format!("{ratio:.2}"))]
}

fn by_network() -> Vec<Goal> {
    let measured = latency::measure();
    let bare = of(&measured, latency::REQWEST);
    println!("| one question | µs | to reqwest |\n|---|---|---|");
    for one in &measured {
        println!("| {} | {:.1} | {:.2} |", one.name, one.median() / 1e3, one.ratio(bare));
    }
    let ratio = of(&measured, latency::GUARDED).ratio(bare);
    let what = "uncached guard's latency over a bare reqwest call that decodes the same session";
    vec![goal(what, "≤ 1.05", format!("{ratio:.3}"))]
}

fn under_load() -> Vec<Goal> {
    let measured = loaded::measure();
    let unguarded = of(&measured, loaded::UNGUARDED);
    println!("| 16 connections | requests a second | to unguarded axum |\n|---|---|---|");
    for one in &measured {
        println!("| {} | {:.0} | {:.3} |", one.name, 1e9 / one.median(), unguarded.ratio(one));
    }
    let guarded = of(&measured, loaded::GUARDED);
    let actix = of(&measured, loaded::ACTIX).ratio(of(&measured, loaded::ACTIX_GUARDED));
    vec![
        goal(
            "throughput of a cached guarded route under load, to the unguarded one",
            "≥ 0.95",
            format!("{:.3} (actix: {actix:.3})", unguarded.ratio(guarded)),
        ),
        goal(
            "a lazy public route under `KratosLayer`, to one without",
            "≥ 0.99",
            format!("{:.3}", unguarded.ratio(of(&measured, loaded::LAZY))),
        ),
        goal(
            "cached guarded route to the same route behind Oathkeeper (996 a second, measured apart)",
            "≥ 90 times",
            format!("{:.0}", 1e9 / guarded.median() / OATHKEEPER),
        ),
    ]
}

fn bounds() -> Vec<Goal> {
    let (calls, took) = cold::measure();
    println!(
        "{} requests at once with one cold cookie: {calls} upstream, all answered in {took:.0?}.",
        cold::REQUESTS
    );
    let weights = memory::measure();
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    println!(
        "\nA remembered session takes {:.0} bytes (reckoned as {:.0}). Of a million put into {:.0} MiB, {} stayed; the \
         process grew by {:.0} MiB.",
        weights.each,
        weights.reckoned,
        mib(weights.bound),
        weights.held,
        mib(weights.grown)
    );
    vec![
        goal("10,000 requests at once with one cold cookie", "1 upstream call", calls.to_string()),
        goal(
            "a million cached sessions",
            "memory as configured",
            format!(
                "{:.0} bytes each; {:.0} MiB configured, {:.0} MiB taken",
                weights.each,
                mib(weights.bound),
                mib(weights.grown)
            ),
        ),
    ]
}

fn pages() -> Vec<Goal> {
    println!("| a login page with password, security key, passkey and single sign-on | µs |\n|---|---|");
    for one in render::measure() {
        println!("| {} | {:.1} |", one.name, one.median() / 1e3);
    }
    Vec::new()
}
