//! The pages of an OAuth2 provider end to end: a relying party signs users in through Hydra, Kratos and an application of these
//! crates. The same stories on the testkit, and on each Hydra of `HYDRA_PROGRAM` beside the Kratos of `KRATOS_PROGRAM`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step fails the test, and the summary is printed"
)]

mod app;
mod party;
mod place;
mod stories;
mod table;
mod user;
mod visitor;

use std::{
    process::ExitCode,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use app::Framework;
use kratos_tests::hydra;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use place::{Place, Servers};
use tokio::runtime::{Handle, Runtime};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let runtime = Runtime::new().unwrap();
    let mut trials = Vec::new();
    let mut kinds = vec![Servers::Testkit];
    kinds.extend(hydra::named().into_iter().map(|[kratos, hydra]| Servers::Real { kratos, hydra }));
    let is_real = kinds.len() > 1;
    if is_real {
        // Kratos on SQLite answers 500 to concurrent writes.
        arguments.test_threads = Some(1);
    }
    let mut counts = Vec::new();
    for servers in kinds {
        for framework in Framework::ALL {
            let (lazy, passed) = (Lazy::default(), Arc::new(AtomicUsize::new(0)));
            let name = format!("{}, {}", servers.name(), framework.name());
            counts.push((name.clone(), Arc::clone(&passed)));
            for (what, story) in stories::all() {
                let (lazy, servers, passed) = (lazy.clone(), servers.clone(), Arc::clone(&passed));
                let runtime = runtime.handle().clone();
                trials.push(Trial::test(format!("{name}: {what}"), move || {
                    let place = lazy.get(&runtime, &servers, framework);
                    // actix-web's part of a story may not be sent between threads.
                    runtime.block_on(story(place));
                    passed.fetch_add(1, Ordering::Relaxed);
                    Ok::<_, Failed>(())
                }));
            }
        }
    }
    trials.push(Trial::test("the guide's table names stories", || {
        table::check();
        Ok(())
    }));
    if !is_real {
        trials.push(Trial::ignorable_test("a real Hydra beside a real Kratos", || {
            Ok(Completion::ignored_with(
                "NOT RUN: set HYDRA_PROGRAM and KRATOS_PROGRAM to the paths of programs",
            ))
        }));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (name, passed) in counts {
        println!("oauth2: {} of {} stories on {name}", passed.load(Ordering::Relaxed), stories::all().len());
    }
    if !is_real {
        println!("oauth2: NOT RUN on real servers: HYDRA_PROGRAM names none");
    }
    conclusion.exit_code()
}

/// Servers and an application that start when their first story runs.
#[derive(Clone, Default)]
struct Lazy(Arc<OnceLock<Place>>);

impl Lazy {
    fn get(&self, runtime: &Handle, servers: &Servers, framework: Framework) -> &Place {
        self.0.get_or_init(|| runtime.block_on(Place::start(servers, framework, hydra::USUAL)))
    }
}
