//! A crowd before a Kratos that does not answer: how much of the application it holds, and how soon it is forgotten.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use kratos_core::{
    Sessions,
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
const PAUSE: Duration = Duration::from_millis(500);

pub async fn run(framework: Framework, ledger: &Ledger) {
    let well = || Acts { whoami: Act::Answer(fault::session()), probe: Act::Answer(fault::factors()) };
    let hanging = || Acts { whoami: Act::Hang(Arc::default()), probe: Act::Hang(Arc::default()) };
    let server = Server::start(hanging()).await;
    let kratos = HttpResolver::new(&format!("http://127.0.0.1:{}", server.port)).unwrap();
    let kratos = kratos.with_timeout(PATIENCE);
    let asked = || server.counts.asked.load(Ordering::SeqCst);
    let peak = || server.counts.peak.load(Ordering::SeqCst);
    let noted = |what: &str, is_right: bool| {
        let outcome = if is_right { Ok(()) } else { Err(format!("{} asked, {} at once", asked(), peak())) };
        ledger.note(&format!("{framework:?}: {what}"), outcome);
    };

    // Without bounds, everybody's request is held until it times out.
    let unbounded = CircuitBreaker::new().with_max_in_flight(usize::MAX).with_failures(u32::MAX);
    let sessions = Sessions::new(kratos.clone().with_breaker(unbounded));
    let before = Instant::now();
    crowd(framework, &sessions, 400, Must::Refuse(503), ledger).await;
    println!(
        "{framework:?}: without bounds 400 requests held {} questions at once for {:?}",
        peak(),
        before.elapsed()
    );
    noted("what the bounds are held against", peak() > PLACES);

    server.counts.asked.store(0, Ordering::SeqCst);
    server.counts.peak.store(0, Ordering::SeqCst);
    let breaker = CircuitBreaker::new().with_max_in_flight(PLACES).with_failures(10).with_pause(PAUSE);
    let sessions = Sessions::new(kratos.with_breaker(breaker));
    let before = Instant::now();
    let without = crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger).await;
    let (first, questions) = (before.elapsed(), asked());
    noted("no more questions at once than places", peak() <= PLACES);
    noted("few take the place of a question that timed out", questions <= PLACES + FAILURES + probes(first));
    noted(
        "who was not even asked for is told when to come back",
        without <= PLACES + FAILURES + probes(first),
    );

    // It is open now: the next crowds cost at most a probe each.
    let before = Instant::now();
    for _ in 0..3 {
        crowd(framework, &sessions, CROWD, Must::Refuse(503), ledger).await;
    }
    noted("an open circuit asks no more than probes", asked() - questions <= 1 + probes(before.elapsed()));
    println!(
        "{framework:?}: with bounds {CROWD} requests held {} questions at once, for {first:?}; {} more were answered in {:?} by {} probes",
        peak(),
        3 * CROWD,
        before.elapsed(),
        asked() - questions
    );

    server.change(well());
    let back = Instant::now();
    let cell = cell(framework);
    // The pause, what a probe under way still waits, and a busy machine.
    while !ask(&cell, sessions.clone()).await.ran && back.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{framework:?}: served again {:?} after Kratos was back", back.elapsed());
    // No more than there are places: nobody has to wait for one on a busy machine.
    crowd(framework, &sessions, PLACES / 2, Must::Run, ledger).await;
}

fn probes(elapsed: Duration) -> usize {
    usize::try_from(elapsed.as_millis() / PAUSE.as_millis()).unwrap()
}

fn cell(framework: Framework) -> Cell {
    let (shown, resolver) = (Shown::Cookie, Resolver::Live);
    Cell { shown, resolver, guard: Guard::SignedIn, reader: Reader::Program, framework }
}

/// Everybody at once; it tells how many were not told when to come back.
async fn crowd(framework: Framework, sessions: &Sessions, size: usize, must: Must, ledger: &Ledger) -> usize {
    let cell = cell(framework);
    let all = (0..size).map(|_| ask(&cell, sessions.clone()));
    let mut without = 0;
    for told in join_all(all).await {
        without += usize::from(told.all("retry-after").next().is_none());
        ledger.note(&format!("a crowd before a hanging Kratos, {framework:?}"), told.check(must));
    }
    without
}
