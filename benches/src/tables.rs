//! The sections of the report. Each prints its figures and returns the goals that it measures.

use std::{fmt, sync::Arc};

use crate::{
    alternate::{Measured, alternate, of},
    cold, contention, decode, fleet, gateway, hooks,
    in_process::{self, App, actix, axum, axum_login},
    latency, loaded, memory, render,
    tokens::{self, Signer},
};

/// A line of the table of goals.
pub struct Goal {
    figure: &'static str,
    goal: &'static str,
    measured: String,
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| {} | {} | {} |", self.figure, self.goal, self.measured)
    }
}

fn goal(figure: &'static str, goal: &'static str, measured: String) -> Goal {
    Goal { figure, goal, measured }
}

type Section = fn() -> Vec<Goal>;

pub const SECTIONS: [(&str, Section); 12] = [
    ("in process", in_process),
    ("two threads", two_threads),
    ("JWT guards, in process", by_jwt),
    ("signatures", signatures),
    ("decoding a session", decoding),
    ("whoami over loopback", by_network),
    ("under load", under_load),
    ("concurrent misses and memory", bounds),
    ("pages", pages),
    ("gateway", beside_nginx),
    ("a hook's route", hook_route),
    ("fleet", in_fleet),
];

/// The requests a second of Oathkeeper in front of Kratos 26.2.0, on another machine that served nothing else.
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
            "≤ 0.55 µs, ≤ 2 allocations (actix: ≤ 0.65 µs)",
            format!("{:.2} µs, {more:.1} allocations (actix: {:.2} µs)", own / 1e3, actix / 1e3),
        ),
        goal(
            "cached guard's own cost relative to axum-login's, with everything in memory",
            "≤ 0.15",
            format!("{:.2}", own / login),
        ),
    ]
}

fn run<const N: usize>(apps: [Vec<App>; N], rounds: usize, times: usize) -> (Vec<Measured>, Vec<f64>) {
    let mut apps: Vec<App> = apps.into_iter().flatten().collect();
    let measured = alternate(apps.iter_mut().map(in_process::App::subject).collect(), rounds, times);
    (measured, apps.iter_mut().map(App::allocations).collect())
}

fn two_threads() -> Vec<Goal> {
    let measured = contention::measure();
    println!("| a cached guard | ns |\n|---|---|");
    for one in &measured {
        println!("| {} | {:.0} |", one.name, one.median());
    }
    let relative = |other| format!("{:.2}", of(&measured, other).ratio(of(&measured, contention::TWO)));
    vec![goal(
        "the speed of each of two threads on distinct sessions, relative to one",
        "≥ 0.95",
        format!(
            "{} ({} relative to two that share nothing)",
            relative(contention::ONE),
            relative(contention::APART)
        ),
    )]
}

fn by_jwt() -> Vec<Goal> {
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
    let times = |other, ours| format!("{:.2}", of(&measured, other).ratio(of(&measured, ours)));
    let (old, new) = ("kratos-axum, cached JWT, RS256", "kratos-axum, new JWT, RS256");
    let (old_es, new_es) = ("kratos-axum, cached JWT, ES256", "kratos-axum, new JWT, ES256");
    let (clerk, other, other_es) = ("clerk-rs, RS256", "jwt-authorizer, RS256", "jwt-authorizer, ES256");
    vec![
        goal(
            "clerk-rs (RS256) and jwt-authorizer (RS256, ES256) relative to the guard with a cached JWT",
            "≥ 10",
            format!("{}, {}, {}", times(clerk, old), times(other, old), times(other_es, old_es)),
        ),
        goal(
            "the same with a new JWT",
            "≥ 1.05 RS256, ≥ 1.0 ES256",
            format!("{}, {}, {}", times(clerk, new), times(other, new), times(other_es, new_es)),
        ),
    ]
}

fn signatures() -> Vec<Goal> {
    println!("| one signature verified with jsonwebtoken | µs |\n|---|---|");
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
    vec![goal(
        "decoding a session, relative to the generated client",
        "≥ 1.2 times as fast",
        format!("{ratio:.2}"),
    )]
}

fn by_network() -> Vec<Goal> {
    let measured = latency::measure();
    let bare = of(&measured, latency::REQWEST);
    println!("| one call | µs | relative to reqwest |\n|---|---|---|");
    for one in &measured {
        println!("| {} | {:.1} | {:.2} |", one.name, one.median() / 1e3, one.ratio(bare));
    }
    let guarded = of(&measured, latency::GUARDED);
    vec![
        goal(
            "uncached guard's latency relative to a handler that calls reqwest",
            "≤ 1.03",
            format!("{:.3}", guarded.ratio(of(&measured, latency::BY_HAND))),
        ),
        goal(
            "uncached guard's latency relative to a bare reqwest call that decodes the same session",
            "≤ 1.05",
            format!("{:.3}", guarded.ratio(bare)),
        ),
    ]
}

fn under_load() -> Vec<Goal> {
    let measured = loaded::measure();
    let unguarded = of(&measured, loaded::UNGUARDED);
    println!("| 16 connections | requests a second | relative to unguarded axum |\n|---|---|---|");
    for one in &measured {
        println!("| {} | {:.0} | {:.3} |", one.name, 1e9 / one.median(), unguarded.ratio(one));
    }
    let guarded = of(&measured, loaded::GUARDED);
    let actix = of(&measured, loaded::ACTIX).ratio(of(&measured, loaded::ACTIX_GUARDED));
    vec![
        goal(
            "throughput of a cached guarded route under load, relative to the unguarded one",
            "≥ 0.85",
            format!("{:.3} (actix: {actix:.3})", unguarded.ratio(guarded)),
        ),
        goal(
            "throughput of a public route under `KratosLayer`, relative to one without",
            "≥ 0.97",
            format!("{:.3}", unguarded.ratio(of(&measured, loaded::LAZY))),
        ),
        goal(
            "throughput of a cached guarded route relative to the same route behind Oathkeeper (996 a second, measured apart)",
            "≥ 90 times",
            format!("{:.0}", 1e9 / guarded.median() / OATHKEEPER),
        ),
    ]
}

fn in_fleet() -> Vec<Goal> {
    println!("| one request | µs | relative |\n|---|---|---|");
    let measured = fleet::in_memory();
    let (alone, memory) = (of(&measured, fleet::ALONE), of(&measured, fleet::MEMORY));
    let relative = memory.ratio(alone);
    println!("| {} | {:.2} | |", alone.name, alone.median() / 1e3);
    println!("| {} | {:.2} | {relative:.3} |", memory.name, memory.median() / 1e3);
    let mut goals = vec![goal(
        "a hit in memory in a fleet, relative to the same guard without a fleet",
        "≤ 1.03",
        format!("{relative:.3}"),
    )];
    for (engine, measured) in fleet::shared() {
        let measured = match measured {
            Ok(measured) => measured,
            Err(missing) => {
                println!("| {engine}: NOT RUN: {missing} | | |");
                continue;
            }
        };
        let bare = of(&measured, fleet::BARE);
        for one in &measured {
            println!("| {engine}: {} | {:.1} | {:.2} |", one.name, one.median() / 1e3, one.ratio(bare));
        }
        let relative = of(&measured, fleet::SHARED).ratio(bare);
        goals.push(goal(
            "a hit in the shared store, fetched, opened and decoded, relative to a bare GET of the same client",
            "≤ 1.25",
            format!("{engine}: {relative:.2}"),
        ));
    }
    goals
}

fn beside_nginx() -> Vec<Goal> {
    let measured = gateway::measure();
    println!("| 4 KB, 16 connections | p50, µs | p99, µs | requests a second |\n|---|---|---|---|");
    for way in &measured {
        let (p50, p99) = (way.median(|run| run.p50), way.median(|run| run.p99));
        println!("| {} | {p50:.0} | {p99:.0} | {:.0} |", way.name, way.median(|run| run.rate));
    }
    let find = |name| measured.iter().find(|way| way.name == name);
    let Some(nginx) = find(gateway::NGINX) else { return Vec::new() };
    let ratios = |name| {
        find(name).map_or_else(String::new, |way| {
            let (p50, p99) = (way.ratio(nginx, |run| run.p50), way.ratio(nginx, |run| run.p99));
            format!("{p50:.2}, {p99:.2}, {:.2}", way.ratio(nginx, |run| run.rate))
        })
    };
    vec![goal(
        "the gateway's p50, p99 and throughput relative to nginx' (medians of five alternated runs)",
        "≤ 1.35, < 1, ≥ 0.85",
        format!("{} (actix: {})", ratios(gateway::AXUM), ratios(gateway::ACTIX)),
    )]
}

fn bounds() -> Vec<Goal> {
    let (calls, took) = cold::measure();
    println!(
        "{} concurrent requests with one uncached cookie: {calls} call to Kratos, all responses within {took:.0?}.",
        cold::REQUESTS
    );
    let weights = memory::measure();
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    println!(
        "\nA cached session takes {:.0} bytes (computed as {:.0}), or {:.0} of resident memory. Of a million sessions in a \
         cache of {:.0} MiB, {} stayed; the process grew by {:.0} MiB.",
        weights.each,
        weights.reckoned,
        weights.resident,
        mib(weights.bound),
        weights.held,
        mib(weights.grown)
    );
    vec![
        goal("10,000 concurrent requests with one uncached cookie", "1 call to Kratos", calls.to_string()),
        goal(
            "a million cached sessions",
            "≤ 1,550 bytes each, computed within 10 %; memory as configured",
            format!(
                "{:.0} bytes each, computed as {:.0} ({:.0} of resident memory); {:.0} MiB configured, {:.0} MiB used",
                weights.each,
                weights.reckoned,
                weights.resident,
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

fn hook_route() -> Vec<Goal> {
    let (bytes, measured) = hooks::measure();
    let decoding = of(&measured, hooks::DECODE);
    println!("| a call of {bytes} bytes | µs | besides decoding |\n|---|---|---|");
    for one in &measured {
        println!("| {} | {:.1} | {:.1} |", one.name, one.median() / 1e3, one.over(decoding) / 1e3);
    }
    let besides = |name| of(&measured, name).over(decoding) / 1e3;
    vec![goal(
        "a hook's route besides decoding, with proof of the caller",
        "≤ 10 µs",
        format!("{:.1} µs (actix: {:.1} µs)", besides(hooks::AXUM), besides(hooks::ACTIX)),
    )]
}
