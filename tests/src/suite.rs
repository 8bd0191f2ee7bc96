//! Runs each scenario on each server and prints a summary line for each server.

use crate::driver::Feature;
use crate::http;
use crate::lab::Server;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The same steps and assertions on every server that offers what they need.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// The behaviour that it asserts, as a sentence without a full stop. Unique in its suite.
    pub name: &'static str,
    /// The features that the server must offer.
    pub needs: &'static [Feature],
    /// The steps. A panic is a failure.
    pub run: fn(&'static Server) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// Registers the scenarios of a module, one row each: `function: "name", [features needed];`.
///
/// It stands above the functions, as `pub(crate) const ALL: &[Scenario] = scenarios![..];`. A function without a row is
/// dead code, which the compiler reports.
#[macro_export]
macro_rules! scenarios {
    ($($function:path: $name:literal, [$($need:ident),*];)+) => {
        &[$($crate::suite::Scenario {
            name: $name,
            needs: &[$($crate::driver::Feature::$need),*],
            run: |server| Box::pin($function(server)),
        }),+]
    };
}

type Counts = Arc<Mutex<BTreeMap<&'static str, Count>>>;

#[derive(Debug, Default)]
struct Count {
    passed: usize,
    not_offered: BTreeMap<&'static str, usize>,
    failed: usize,
    again: BTreeMap<&'static str, usize>,
}

/// The retries of a scenario whose premise was not met: see [`why_again`].
const RETRIES: usize = 2;
/// A login flow of the strict configuration lives 5 s, and a session of it is privileged for 2 s.
const SHORT_FLOW: Duration = Duration::from_secs(5);

/// Runs every scenario on every server, with the arguments of `cargo test`.
///
/// Prints `SERVER: N scenarios passed, N not offered (reasons)` for each server and returns the exit code.
///
/// # Panics
/// If there is no server.
#[must_use]
pub fn run(servers: &'static [Server], scenarios: impl IntoIterator<Item = &'static Scenario>) -> ExitCode {
    run_after(servers, scenarios, |_, _| {})
}

/// As [`run`], and calls `begin` on the scenario's thread before each attempt.
///
/// # Panics
/// If there is no server.
#[must_use]
pub fn run_after(
    servers: &'static [Server],
    scenarios: impl IntoIterator<Item = &'static Scenario>,
    begin: fn(&'static Scenario, &'static Server),
) -> ExitCode {
    assert!(!servers.is_empty(), "no server to run on");
    let mut arguments = Arguments::from_args();
    // Scenarios spend most of their time waiting for a server.
    arguments.test_threads = arguments.test_threads.or(Some(servers.len()));
    let counts = Counts::default();
    // One scenario at a time on each server: Kratos on SQLite answers 500 ("database is locked") to concurrent writes.
    let turns: Vec<_> = servers.iter().map(|_| Arc::new(Mutex::new(()))).collect();
    let mut trials = Vec::new();
    for scenario in scenarios {
        for (server, turn) in servers.iter().zip(&turns) {
            let (counts, turn) = (Arc::clone(&counts), Arc::clone(turn));
            trials.push(Trial::ignorable_test(format!("{}: {}", server.name, scenario.name), move || {
                let count = |change: &dyn Fn(&mut Count)| {
                    let mut counts = counts.lock().expect("no panic while counting");
                    change(counts.entry(&server.name).or_default());
                };
                if let Some(reason) = scenario.needs.iter().find_map(|feature| server.lacks(*feature)) {
                    count(&|count| *count.not_offered.entry(reason).or_default() += 1);
                    return Ok::<_, Failed>(Completion::ignored_with(reason));
                }
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                let mut left = RETRIES;
                loop {
                    begin(scenario, server);
                    let begun = Instant::now();
                    match attempt(server, scenario) {
                        Ok(()) => {
                            count(&|count| count.passed += 1);
                            return Ok(Completion::Completed);
                        }
                        Err(panic) => match why_again(&server.profile, &*panic, begun.elapsed()) {
                            Some(why) if left > 0 => {
                                left -= 1;
                                count(&|count| *count.again.entry(why).or_default() += 1);
                                std::thread::sleep(Duration::from_secs(2));
                            }
                            _ => {
                                count(&|count| count.failed += 1);
                                std::panic::resume_unwind(panic);
                            }
                        },
                    }
                }
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (server, count) in &*counts.lock().expect("no panic while counting") {
        println!("{}", count.line(server));
    }
    conclusion.exit_code()
}

/// Why a failure may not be the server's: another process used its SQLite store, or the steps were too slow for its configuration.
fn why_again(profile: &str, panic: &(dyn Any + Send), took: Duration) -> Option<&'static str> {
    if http::store_was_locked() || names_locked_store(panic) {
        return Some("its store was locked");
    }
    (profile == "strict" && took >= SHORT_FLOW).then_some("its flows ended before its last step")
}

/// Whether a step of the crates' client failed because the store was locked, which the panic quotes.
fn names_locked_store(panic: &(dyn Any + Send)) -> bool {
    panic.downcast_ref::<String>().is_some_and(|told| told.contains("database is locked"))
}

fn attempt(server: &'static Server, scenario: &Scenario) -> std::thread::Result<()> {
    http::forget_locked_store();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on((scenario.run)(server))))
}

impl Count {
    fn line(&self, server: &str) -> String {
        let not_offered: usize = self.not_offered.values().sum();
        let mut line = format!("{server}: {} scenarios passed, {not_offered} not offered", self.passed);
        if not_offered > 0 {
            let reasons: Vec<_> =
                self.not_offered.iter().map(|(why, times)| format!("{times}: {why}")).collect();
            line += &format!(" ({})", reasons.join("; "));
        }
        if self.failed > 0 {
            line += &format!(", {} FAILED", self.failed);
        }
        for (why, times) in &self.again {
            line += &format!(", {times} retried: {why}");
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_store_is_read_from_the_panic() {
        let panic = |text: &'static str| std::panic::catch_unwind(|| panic!("{}", text)).unwrap_err();
        assert!(names_locked_store(&*panic("400 Bad Request): sqlite update: database is locked")));
        assert!(!names_locked_store(&*panic("assertion failed")));
    }

    #[test]
    fn a_failure_is_repeated_only_where_the_steps_were_too_slow_for_the_server() {
        http::forget_locked_store();
        for (profile, seconds, is_repeated) in
            [("strict", 6, true), ("strict", 4, false), ("plain", 60, false)]
        {
            let why = why_again(profile, &"assertion failed", Duration::from_secs(seconds));
            assert_eq!(why.is_some(), is_repeated, "{profile} {seconds}");
        }
    }

    #[test]
    fn line_counts_what_was_not_offered_and_what_failed() {
        let count = Count {
            passed: 3,
            not_offered: [("came with 0.8", 2)].into(),
            failed: 1,
            again: [("its store was locked", 4)].into(),
        };
        assert_eq!(
            count.line("0.6.3-plain"),
            "0.6.3-plain: 3 scenarios passed, 2 not offered (2: came with 0.8), 1 FAILED, \
             4 retried: its store was locked"
        );
        assert_eq!(Count::default().line("x"), "x: 0 scenarios passed, 0 not offered");
    }
}
