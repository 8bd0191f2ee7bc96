//! Hooks end to end: Kratos calls an application of these crates, in axum and in actix-web, and what the user sees is asserted,
//! in a native app and on the page in a browser. On the testkit and on each program of `KRATOS_PROGRAM`, which is configured by `HookConfig::yaml()` alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step fails the test, and the summary is printed"
)]

mod browser;
mod pages;
mod seen;
mod stories;
mod table;
mod walk;

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, OnceLock},
};

use kratos_tests::{
    hooks::{Framework, HookServer},
    program::programs,
};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use stories::Story;
use tokio::runtime::{Handle, Runtime};

/// A server that starts when its first test runs.
#[derive(Clone)]
struct Lazy {
    server: Arc<OnceLock<HookServer>>,
    framework: Framework,
    /// Of a real Kratos.
    program: Option<PathBuf>,
}

impl Lazy {
    fn new(framework: Framework, program: Option<PathBuf>) -> Self {
        Self { server: Arc::default(), framework, program }
    }

    fn get(&self, runtime: &Handle) -> &HookServer {
        self.server.get_or_init(|| {
            runtime.block_on(async {
                match &self.program {
                    Some(path) => HookServer::real(path, self.framework).await,
                    None => HookServer::testkit(self.framework).await,
                }
            })
        })
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A server's plans are those of one test.
    arguments.test_threads = Some(1);
    let runtime = Runtime::new().unwrap();
    let mut trials = Vec::new();
    let programs = programs();
    for framework in Framework::ALL {
        trials.extend(of(&Lazy::new(framework, None), "testkit", runtime.handle()));
        for path in &programs {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            trials.extend(of(&Lazy::new(framework, Some(path.clone())), &name, runtime.handle()));
        }
    }
    if programs.is_empty() {
        trials.push(Trial::ignorable_test("a real Kratos, configured by HookConfig::yaml()", || {
            Ok(Completion::ignored_with("NOT RUN: set KRATOS_PROGRAM to the path of a kratos"))
        }));
    }
    // Each trial has a handle of its server, which stops with the last of them.
    let conclusion = libtest_mimic::run(&arguments, trials);
    if programs.is_empty() {
        println!("hooks: NOT RUN on a real Kratos: KRATOS_PROGRAM names none");
    }
    conclusion.exit_code()
}

/// Returns the tests of one server.
fn of(server: &Lazy, name: &str, runtime: &Handle) -> Vec<Trial> {
    let tables =
        [("the table in a native app", table::native as Story), ("the table on the pages", table::browser)];
    let stories = tables.into_iter().chain(stories::ALL.iter().copied());
    let trial = |(what, story): (&str, Story)| {
        let (server, runtime) = (server.clone(), runtime.clone());
        Trial::test(format!("{name} in {}: {what}", server.framework.name()), move || {
            let server = server.get(&runtime);
            server.receiver.plans.clear();
            runtime.block_on(story(server));
            assert!(server.receiver.plans.with_cookies().is_empty(), "a body has the user's cookies");
            Ok::<_, Failed>(())
        })
    };
    stories.map(trial).collect()
}
