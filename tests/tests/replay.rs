//! Decodes and encodes every recorded response of every release without loss.
//!
//! Prints `VERSION: N of N` for the repository's captures and, with `KRATOS_REPLAY=DIR`, for each version in DIR.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

use kratos_tests::replay::{Exchange, Tally, versions};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

type Lines = Arc<Mutex<BTreeMap<(usize, String), Tally>>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("captures")];
    folders.extend(std::env::var_os("KRATOS_REPLAY").map(PathBuf::from));
    let lines = Lines::default();
    let mut trials = Vec::new();
    for (number, folder) in folders.iter().enumerate() {
        let own = number == 0;
        match versions(folder) {
            Ok(versions) => trials.extend(versions.into_iter().map(|(version, exchanges)| {
                let lines = Arc::clone(&lines);
                let name = if own { version.clone() } else { format!("KRATOS_REPLAY/{version}") };
                Trial::test(name, move || replay(&lines, (number, version), &exchanges, own))
            })),
            Err(error) => trials.push(Trial::test(folder.display().to_string(), move || Err(error.into()))),
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let lines = lines.lock().unwrap();
    for (number, folder) in folders.iter().enumerate() {
        println!("{}:", folder.display());
        for ((_, version), tally) in lines.iter().filter(|((from, _), _)| *from == number) {
            println!("{}", tally.line(version));
        }
    }
    let mut untyped = BTreeMap::<&str, usize>::new();
    for (operation, count) in lines.values().flat_map(|tally| &tally.untyped) {
        *untyped.entry(operation).or_default() += count;
    }
    if !untyped.is_empty() {
        println!("no type for:");
        for (operation, count) in untyped {
            println!("  {count} x {operation}");
        }
    }
    conclusion.exit_code()
}

fn replay(lines: &Lines, key: (usize, String), exchanges: &[Exchange], own: bool) -> Result<(), Failed> {
    let tally = Tally::of(exchanges);
    let mut failures = tally.failures.clone();
    if own {
        // The captures contain each of these in every version: a table that finds none is broken.
        for name in ["Session", "Identity", "[Identity]", "ErrorEnvelope"] {
            if !tally.passed.contains_key(name) {
                failures.push(format!("no exchange was read as {name}"));
            }
        }
    }
    lines.lock().unwrap().insert(key, tally);
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}
