//! Five processes of an application share sessions under load, while their engine, its network and the processes themselves
//! fail. An oracle judges every response: no session is served past the bound, none is another user's, and none is lost.
//!
//! The processes are this program itself. Each reaches the engine through a proxy of its own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod calls;
mod clock;
mod dashboard;
mod engine;
mod load;
mod oracle;
mod process;
mod proxy;
mod server;
mod story;
mod ways;

use std::{process::ExitCode, time::Duration};

/// After an acknowledged revocation no process serves the session for longer than this. The default of `Fleet`.
const BOUND: Duration = Duration::from_secs(1);
/// The TTL of the cache: what holds for revocations that were not acknowledged.
const TTL: Duration = Duration::from_secs(8);
const PROCESSES: usize = 5;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if std::env::var_os(process::IS_PROCESS).is_some() {
        runtime.block_on(process::serve());
        return ExitCode::SUCCESS;
    }
    dashboard::check();
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let mut ran = 0;
    for engine in engine::ALL {
        if wanted.as_ref().is_some_and(|wanted| !engine.name().contains(wanted.as_str())) {
            continue;
        }
        if let Some(missing) = engine.missing() {
            println!("fleet on {}: NOT RUN: {missing}", engine.name());
            let is_required =
                std::env::var_os("KRATOS_ENGINES").is_some() && engine != engine::Engine::Valkey;
            assert!(!is_required, "KRATOS_ENGINES requires {}", engine.name());
            continue;
        }
        ran += 1;
        runtime.block_on(calls::count(engine));
        runtime.block_on(ways::measure(engine));
        runtime.block_on(story::tell(engine));
    }
    println!("test result: ok. {ran} passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
    ExitCode::SUCCESS
}
