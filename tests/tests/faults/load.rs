//! Concurrent requests before an unresponsive Kratos: how many of them it holds, and how soon the application recovers.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use kratos_core::{
    Kratos,
    resolve::{CircuitBreaker, HttpResolver},
};

use super::{
    Ledger, ask,
    cell::{Carried, Cell, Framework, Guard, Must, Reader, Resolver},
    fault,
    server::{Act, Acts, Server},
};

/// The number of concurrent requests.
const CROWD: usize = 2_000;
/// The application's timeout.
const PATIENCE: Duration = Duration::from_secs(1);
/// The limit of concurrent calls to Kratos.
const PLACES: usize = 64;
/// The consecutive timeouts that open the circuit.
const FAILURES: usize = 10;
/// The maximum number of calls: a free place is taken again until the last of the consecutive failures. It holds on
/// machines of any speed.
const MOST: usize = PLACES + FAILURES - 1;
/// Longer than any machine needs.
const NEVER: Duration = Duration::from_secs(3600);

pub async fn run(framework: Framework, ledger: &Ledger) {
    let well = || Acts { whoami: Act::Answer(fault::session()), probe: Act::Answer(fault::factors()) };
    let hanging = || Acts { whoami: Act::Hang(Arc::default()), probe: Act::Hang(Arc::default()) };
    let server = Server::start(hanging()).await;
    let kratos = HttpResolver::new(&format!("http://127.0.0.1:{}", server.port)).unwrap();
    let asked = || server.counts.asked.load(Ordering::SeqCst);
    let peak = || server.counts.peak.load(Ordering::SeqCst);
    let noted = |what: &str, is_right: bool| {
        let outcome = if is_right { Ok(()) } else { Err(format!("{} asked, {} at once", asked(), peak())) };
        ledger.note(&format!("{framework:?}: {what}"), outcome);
    };

    // Without limits, every request is held until it times out.
    let unbounded = CircuitBreaker::new().with_max_in_flight(usize::MAX).with_failure_threshold(u32::MAX);
    let sessions = Kratos::from_resolver(kratos.clone().with_timeout(NEVER).with_breaker(unbounded));
    tokio::select! {
        _ = crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger) => {}
        // Then every caller disconnects.
        () = until(|| peak() > 4 * PLACES) => {}
    }
    println!(
        "{framework:?}: without bounds requests held {} questions at once, and more were to come",
        peak()
    );
    noted("requests held without limits", peak() > 4 * PLACES);
    until(|| server.counts.open.load(Ordering::SeqCst) == 0).await;

    server.counts.asked.store(0, Ordering::SeqCst);
    server.counts.peak.store(0, Ordering::SeqCst);
    let bounds = CircuitBreaker::new().with_max_in_flight(PLACES).with_failure_threshold(10);
    let kratos = kratos.with_timeout(PATIENCE);
    let sessions =
        Kratos::from_resolver(kratos.clone().with_breaker(bounds.clone().with_open_duration(NEVER)));
    let before = Instant::now();
    let without = crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger).await;
    let first = before.elapsed();
    noted("no more concurrent calls than places", peak() <= PLACES);
    noted("requests without a call get Retry-After", without <= MOST);
    // The circuit is open now: no request causes a call.
    let before = Instant::now();
    let mut silent = 0;
    for _ in 0..3 {
        silent += crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger).await;
    }
    noted("an open circuit sends Retry-After with every response", silent == 0);
    noted("a place is taken again only until the circuit opens", asked() <= MOST);
    println!(
        "{framework:?}: with bounds {CROWD} requests held {} questions at once, for {first:?}; {} more were answered in {:?} without one",
        peak(),
        3 * CROWD,
        before.elapsed(),
    );

    // A probing request: its outcome holds for all.
    let sessions =
        Kratos::from_resolver(kratos.with_breaker(bounds.with_open_duration(Duration::from_millis(50))));
    crowd(framework, &sessions, PLACES, Must::Refuse(503), ledger).await;
    server.change(well());
    let back = Instant::now();
    let cell = cell(framework);
    // A probe in progress still waits for the old response.
    while !ask(&cell, sessions.clone()).await.ran && back.elapsed() < Duration::from_secs(60) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{framework:?}: served again {:?} after Kratos was back", back.elapsed());
    // No more than there are places: no request must wait for one on a busy machine.
    crowd(framework, &sessions, PLACES / 2, Must::Run, ledger).await;
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn cell(framework: Framework) -> Cell {
    let (carried, resolver) = (Carried::Cookie, Resolver::Live);
    Cell { carried, resolver, guard: Guard::SignedIn, reader: Reader::Program, framework }
}

/// Sends all requests at once, and returns how many got no Retry-After.
async fn crowd(framework: Framework, sessions: &Kratos, size: usize, must: Must, ledger: &Ledger) -> usize {
    let cell = cell(framework);
    let all = (0..size).map(|_| ask(&cell, sessions.clone()));
    let mut without = 0;
    for told in join_all(all).await {
        without += usize::from(told.all("retry-after").next().is_none());
        ledger
            .note(&format!("a crowd before a hanging Kratos, {framework:?}"), told.check(cell.reader, must));
    }
    without
}
