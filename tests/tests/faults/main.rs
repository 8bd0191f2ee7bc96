//! Every fault × credential × resolver × requirement × axum and actix: the handler never runs without permission, and no
//! logout, panic, or wait beyond the application's timeout occurs. The same holds for the calls of pages, logout, JWTs and
//! key sets.
//!
//! Prints `N cells, N failures` at the end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod actix;
mod axum;
mod cell;
mod certificate;
mod fault;
mod load;
mod pages;
mod reach;
mod resolvers;
mod server;
mod token;

use std::{
    future::{Future, poll_fn},
    panic::AssertUnwindSafe,
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use futures_util::{StreamExt as _, stream};
use kratos_core::{Kratos, resolve::HttpResolver};
use libtest_mimic::{Arguments, Failed, Trial};

use self::{
    cell::{CARRIED, Cell, Framework, GUARDS, Guard, Must, READERS, RESOLVERS, Told},
    certificate::Certificate,
    fault::{Fault, Reach, Readers, Said},
    reach::Upstream,
    resolvers::Resolvers,
    server::{Act, Acts, Server},
};

/// The number of cells, and a message for each failure.
#[derive(Clone, Default)]
struct Ledger {
    cells: Arc<AtomicUsize>,
    failures: Arc<Mutex<Vec<String>>>,
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(6));
    let ledger = Ledger::default();
    let mut trials = Vec::new();
    for fault in fault::all() {
        let (name, ledger) = (fault.name.clone(), ledger.clone());
        trials.push(trial(name, ledger, async move |ledger| matrix(&fault, ledger).await));
    }
    // An upstream that is unreachable, or resets a request that it did not read, cannot have answered whoami.
    let answers =
        |fault: &Fault| matches!(&fault.reach, Reach::Server(act) if !matches!(act, Act::ResetReading));
    for fault in fault::all().into_iter().filter(answers) {
        let (name, ledger) = (format!("asked for a second factor: {}", fault.name), ledger.clone());
        trials.push(trial(name, ledger, async move |ledger| probe(&fault, ledger).await));
    }
    for fault in fault::all() {
        let (name, ledger) = (format!("keys of tokens: {}", fault.name), ledger.clone());
        trials.push(trial(name, ledger, async move |ledger| keys(&fault, ledger).await));
    }
    for fault in fault::all() {
        let (name, ledger) = (format!("pages, logout and JWTs: {}", fault.name), ledger.clone());
        trials.push(trial(name, ledger, async move |ledger| pages::run(&fault, ledger).await));
    }
    trials.push(trial("Kratos restarts".to_owned(), ledger.clone(), restart));
    trials.push(trial("TLS: a certificate that is good".to_owned(), ledger.clone(), good_certificate));
    for framework in [Framework::Axum, Framework::Actix] {
        let name = format!("thousands before a Kratos that hangs: {framework:?}");
        trials.push(trial(name, ledger.clone(), async move |ledger| load::run(framework, ledger).await));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let failures = ledger.failures.lock().unwrap().len();
    println!("{} cells, {failures} failures", ledger.cells.load(Ordering::SeqCst));
    conclusion.exit_code()
}

impl Ledger {
    /// Counts a cell, and keeps its failure.
    pub fn note(&self, what: &str, outcome: Result<(), String>) {
        self.cells.fetch_add(1, Ordering::SeqCst);
        if let Err(wrong) = outcome {
            self.failures.lock().unwrap().push(format!("{what}: {wrong}"));
        }
    }
}

/// A trial with its own runtime. It fails if one of its cells fails.
fn trial(name: String, ledger: Ledger, run: impl AsyncFnOnce(&Ledger) + Send + 'static) -> Trial {
    Trial::test(name, move || {
        let before = ledger.clone();
        let own = Ledger { cells: Arc::clone(&before.cells), failures: Arc::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(&own));
        let wrong = std::mem::take(&mut *own.failures.lock().unwrap());
        let told = wrong.iter().take(3).cloned().collect::<Vec<_>>().join("\n");
        let count = wrong.len();
        before.failures.lock().unwrap().extend(wrong);
        if count == 0 {
            Ok(())
        } else {
            Err(Failed::from(format!("{count} cells failed, the first:\n{told}")))
        }
    })
}

/// Runs one fault of whoami through all cells.
async fn matrix(fault: &Fault, ledger: &Ledger) {
    let kratos = Upstream::reached(fault, |act| Acts { whoami: act.clone(), probe: act }).await;
    let resolvers = Resolvers::before(&kratos.resolver);
    let cells = cells(fault.readers);
    run(fault, &cells, ledger, async |cell| {
        let told = ask(cell, resolvers.sessions(cell).await).await;
        told.check(cell.reader, cell.must(fault.said))
    })
    .await;
}

/// The session is valid; the fault is in the call that finds out whether its user is enrolled.
async fn probe(fault: &Fault, ledger: &Ledger) {
    let acts = |probe| Acts { whoami: Act::Answer(fault::session()), probe };
    let kratos = Upstream::reached(fault, acts).await;
    let resolvers = Resolvers::before(&kratos.resolver);
    let cells: Vec<_> =
        cells(fault.readers).into_iter().filter(|cell| cell.guard == Guard::SecondFactor).collect();
    run(fault, &cells, ledger, async |cell| {
        let told = ask(cell, resolvers.sessions(cell).await).await;
        told.check(
            cell.reader,
            match fault.said {
                // Without a session, or with a JWT of another session, there is no second factor to look up.
                _ if cell.is_anonymous() => cell.must(Said::Anonymous),
                _ if cell.has_token() => Must::NotRun,
                // Misconfigured, or not answered by Kratos: the step-up URL is still known.
                Said::Unavailable if fault.name.starts_with(['2', '4']) => Must::NotRun,
                Said::Unavailable => Must::Refuse(503),
                Said::RateLimited(told) => Must::Limit(told.unwrap_or(5)),
                _ => Must::NotRun,
            },
        )
    })
    .await;
}

/// The fault is in the keys of JWTs: no JWT opens a route, and none counts as anonymous.
async fn keys(fault: &Fault, ledger: &Ledger) {
    let kratos = Upstream::reached(fault, |act| Acts { whoami: act.clone(), probe: act }).await;
    let resolver = token::keys_at(&format!("{}/keys.json", kratos.url), fault.patience, kratos.client);
    let cells: Vec<_> = cells(fault.readers).into_iter().filter(Cell::has_token).collect();
    run(fault, &cells, ledger, async |cell| {
        ask(cell, token::sessions(Arc::clone(&resolver))).await.check(cell.reader, Must::Unknown)
    })
    .await;
}

/// Kratos stops and restarts while connections are open: requests before, during and after.
async fn restart(ledger: &Ledger) {
    let well = || Acts { whoami: Act::Answer(fault::session()), probe: Act::Answer(fault::factors()) };
    let cells = cells(Readers::Both);
    let server = Server::start(well()).await;
    let port = server.port;
    let resolver = HttpResolver::new(&format!("http://127.0.0.1:{port}")).unwrap();
    let resolvers = Resolvers::before(&resolver);
    // One pool for all, with a connection that the restart breaks. Each cell has its own cache.
    let fault = |name: &str| Fault {
        name: format!("Kratos restarts: {name}"),
        reach: Reach::Refused,
        said: Said::Active,
        patience: Duration::from_secs(20),
        readers: Readers::Both,
    };
    let told = async |cell: &Cell| ask(cell, resolvers.sessions(cell).await).await;
    run(&fault("before"), &cells, ledger, async |cell| {
        told(cell).await.check(cell.reader, cell.must(Said::Active))
    })
    .await;
    drop(server);
    run(&fault("down"), &cells, ledger, async |cell| {
        told(cell).await.check(cell.reader, cell.must(Said::Unavailable))
    })
    .await;
    // Up, but not ready: its database is still opening.
    let failing = fault::answer(503, fault::JSON, "{\"error\":{\"code\":503}}");
    let server = Server::at(port, Acts { whoami: failing.clone(), probe: failing }).await;
    run(&fault("starting"), &cells, ledger, async |cell| {
        told(cell).await.check(cell.reader, cell.must(Said::Unavailable))
    })
    .await;
    server.change(well());
    run(&fault("after"), &cells, ledger, async |cell| {
        told(cell).await.check(cell.reader, cell.must(Said::Active))
    })
    .await;
}

/// The control of the certificate faults: with this one, every permitted request passes.
async fn good_certificate(ledger: &Ledger) {
    let act = Act::Answer(fault::session());
    let fault = Fault {
        name: "TLS: a certificate that is good".to_owned(),
        reach: Reach::Certificate(Certificate::Good, act),
        said: Said::Active,
        patience: Duration::from_secs(20),
        readers: Readers::Both,
    };
    let kratos =
        Upstream::reached(&fault, |whoami| Acts { whoami, probe: Act::Answer(fault::factors()) }).await;
    let resolvers = Resolvers::before(&kratos.resolver);
    run(&fault, &cells(fault.readers), ledger, async |cell| {
        let told = ask(cell, resolvers.sessions(cell).await).await;
        told.check(cell.reader, cell.must(fault.said))
    })
    .await;
}

/// Runs cells concurrently, each for a bounded time, and records failures.
async fn run(
    fault: &Fault,
    cells: &[Cell],
    ledger: &Ledger,
    check: impl AsyncFn(&Cell) -> Result<(), String>,
) {
    // Cells that wait do so concurrently.
    let at_once = if fault.patience < Duration::from_secs(1) { 400 } else { 16 };
    let check = &check;
    let checks = cells.iter().map(|cell| async move {
        // Beyond the application's timeout, for a busy machine.
        let bound = fault.patience + Duration::from_secs(20);
        let outcome = caught(tokio::time::timeout(bound, check(cell))).await;
        let outcome = match outcome {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(format!("NO ANSWER within {bound:?}")),
            Err(_) => Err("A PANIC".to_owned()),
        };
        ledger.note(&format!("{}: {cell}", fault.name), outcome);
    });
    stream::iter(checks).buffer_unordered(at_once).collect::<()>().await;
}

/// Turns a panic into an error.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = std::pin::pin!(future);
    poll_fn(move |context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

async fn ask(cell: &Cell, sessions: Kratos) -> Told {
    match cell.framework {
        Framework::Axum => axum::call(cell, sessions).await,
        Framework::Actix => actix::call(cell, sessions).await,
    }
}

/// All cells of a fault. Every credential, resolver, requirement and framework is included: each may matter.
fn cells(readers: Readers) -> Vec<Cell> {
    let mut all = Vec::new();
    for framework in [Framework::Axum, Framework::Actix] {
        for &resolver in RESOLVERS {
            for &carried in CARRIED {
                for &guard in GUARDS {
                    all.extend(READERS.map(|reader| Cell { carried, resolver, guard, reader, framework }));
                }
            }
        }
    }
    if let Readers::Turns { is_kratos } = readers {
        // Two neighbours are one cell with two callers.
        let mut place = 0..;
        all.retain(|_| {
            let (cell, reader) = place.next().map_or((0, 0), |place: usize| (place / 2, place % 2));
            let (body, asked) = (cell / 2 % 2, cell % 2);
            asked == reader && is_kratos == (body == 0)
        });
    }
    all
}
