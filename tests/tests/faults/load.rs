//! A crowd before a Kratos that does not answer: how much of the application it holds, and how soon it is forgotten.

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
    cell::{Cell, Framework, Guard, Must, Reader, Resolver, Shown},
    fault,
    server::{Act, Acts, Server},
};

/// How many come at once.
const CROWD: usize = 2_000;
/// How long the application waits for Kratos.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many questions it asks at once.
const PLACES: usize = 64;
/// How many in a row may time out before nobody asks any more.
const FAILURES: usize = 10;
/// The most that are ever asked: a place that becomes free is taken again until the last of the failures in a row. It holds
/// however slow the machine is.
const MOST: usize = PLACES + FAILURES - 1;
/// Longer than any machine takes for this.
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

    // Without bounds, everybody's request is held until it times out.
    let unbounded = CircuitBreaker::new().with_max_in_flight(usize::MAX).with_failure_threshold(u32::MAX);
    let sessions = Kratos::from_resolver(kratos.clone().with_timeout(NEVER).with_breaker(unbounded));
    tokio::select! {
        _ = crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger) => {}
        // Everybody hangs up then.
        () = until(|| peak() > 4 * PLACES) => {}
    }
    println!(
        "{framework:?}: without bounds requests held {} questions at once, and more were to come",
        peak()
    );
    noted("what the bounds are held against", peak() > 4 * PLACES);
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
    noted("no more questions at once than places", peak() <= PLACES);
    noted("who was not even asked for is told when to come back", without <= MOST);
    // It is open now: nobody is asked for any more.
    let before = Instant::now();
    let mut silent = 0;
    for _ in 0..3 {
        silent += crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger).await;
    }
    noted("an open circuit tells everybody when to come back", silent == 0);
    noted("a place is taken again only until it opens", asked() <= MOST);
    println!(
        "{framework:?}: with bounds {CROWD} requests held {} questions at once, for {first:?}; {} more were answered in {:?} without one",
        peak(),
        3 * CROWD,
        before.elapsed(),
    );

    // One that asks again soon: what it finds is what everybody gets.
    let sessions =
        Kratos::from_resolver(kratos.with_breaker(bounds.with_open_duration(Duration::from_millis(50))));
    crowd(framework, &sessions, PLACES, Must::Refuse(503), ledger).await;
    server.change(well());
    let back = Instant::now();
    let cell = cell(framework);
    // A probe under way still waits for the old answer.
    while !ask(&cell, sessions.clone()).await.ran && back.elapsed() < Duration::from_secs(60) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{framework:?}: served again {:?} after Kratos was back", back.elapsed());
    // No more than there are places: nobody has to wait for one on a busy machine.
    crowd(framework, &sessions, PLACES / 2, Must::Run, ledger).await;
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn cell(framework: Framework) -> Cell {
    let (shown, resolver) = (Shown::Cookie, Resolver::Live);
    Cell { shown, resolver, guard: Guard::SignedIn, reader: Reader::Program, framework }
}

/// Everybody at once; it tells how many were not told when to come back.
async fn crowd(framework: Framework, sessions: &Kratos, size: usize, must: Must, ledger: &Ledger) -> usize {
    let cell = cell(framework);
    let all = (0..size).map(|_| ask(&cell, sessions.clone()));
    let mut without = 0;
    for told in join_all(all).await {
        without += usize::from(told.all("retry-after").next().is_none());
        ledger.note(&format!("a crowd before a hanging Kratos, {framework:?}"), told.check(must));
    }
    without
}
