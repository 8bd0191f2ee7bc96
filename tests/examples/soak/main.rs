//! Mixed load on an axum and an actix-web application before the testkit, with alternating faults, for an hour or the
//! given time. Prints memory, tasks, open sockets and latency every few seconds, and a verdict at the end: whether any
//! of them grew, and whether any response was unauthorized.
//!
//! `cargo run --release -p kratos-tests --example soak -- 3600 150` runs an hour at 150 visits a second.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot continue has failed"
)]

mod app;
mod crowd;
mod gauge;
mod load;
mod report;
mod series;
mod visit;
mod weather;

use std::{env, process::ExitCode, sync::Arc, time::Duration};

use kratos_testkit::TestKratos;
use tokio::runtime::{Builder, Runtime};

use crowd::Crowd;
use gauge::Gauge;
use load::Load;
use report::Report;
use weather::Weather;

/// The length of a sample. A phase of weather takes two.
const SAMPLE: Duration = Duration::from_secs(10);
/// Every 90 s, reqwest closes connections that were idle for 90 s.
const DRAIN: Duration = Duration::from_secs(200);

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).map(|text| text.parse::<u64>().expect("a number"));
    let seconds = arguments.next().unwrap_or(60);
    let rate = arguments.next().unwrap_or(150);

    // Each part has its own runtime, so that its tasks are counted separately.
    let (for_kratos, for_app, for_load) = (runtime("kratos", 1), runtime("axum", 2), runtime("load", 1));
    let kratos = for_kratos.block_on(crowd::kratos());
    let crowd = Arc::new(for_kratos.block_on(Crowd::of(&kratos)));
    let axum = for_app.block_on(app::axum::serve(app::sessions(&kratos)));
    let actix = app::actix::serve(app::sessions(&kratos));
    let mut gauge = Gauge::new(vec![
        ("axum", vec![for_app.handle().clone()]),
        ("actix", actix.workers()),
        ("testkit", vec![for_kratos.handle().clone()]),
    ]);

    let kratos = Arc::new(kratos);
    let load = Arc::new(Load::new(Arc::clone(&kratos), crowd, [axum, actix.url.clone()]));
    let before = gauge.read();
    println!("{seconds} s at {rate} visits a second; before the load: {before}");
    let mut report = Report::new(before);
    for_load.block_on(run(seconds, rate, &kratos, &load, &mut gauge, &mut report));
    let seen = Arc::clone(&load.seen);
    drop(load);
    for_load.shutdown_timeout(Duration::from_secs(5));
    println!("the load has stopped; waiting {} s for idle connections to close", DRAIN.as_secs());
    std::thread::sleep(DRAIN);
    let passed = report.finish(&gauge.read(), &seen);
    actix.stop();
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run(
    seconds: u64,
    rate: u64,
    kratos: &TestKratos,
    load: &Arc<Load>,
    gauge: &mut Gauge,
    report: &mut Report,
) {
    let stop = load::start(Arc::clone(load), rate);
    let mut weather = Weather::new();
    let samples = (seconds / SAMPLE.as_secs()).max(1);
    for number in 0..samples {
        if number.is_multiple_of(2) {
            load.set_weather(weather.turn(kratos));
        }
        tokio::time::sleep(SAMPLE).await;
        // Removes old objects, as one cleans a database, and records that only tests read.
        kratos.clear_requests();
        kratos.clean_up(Duration::ZERO);
        report.sample(weather.name(), gauge.read(), load.seen.take());
    }
    kratos.clear_faults();
    stop.abort();
}

fn runtime(name: &'static str, threads: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(threads).thread_name(name).enable_all().build().expect("a runtime")
}
