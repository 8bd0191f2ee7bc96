//! Prints the README's compatibility table, from a run of the suites that call a Kratos:
//!
//! ```text
//! KRATOS_LAB=servers.json cargo run -p kratos-tests --example compatibility
//! ```
//! The output is Markdown: for each suite the number of scenarios that passed on each release (`plain / strict` where a
//! release runs in both configurations). The others are not offered there, and the suite prints why. Exits with 1 and a
//! message on failure.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing, reason = "a program")]

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    process::{Command, ExitCode, Stdio},
};

const SUITES: [&str; 6] = ["scenarios", "sessions", "page_flows", "diagnosis", "check", "operations"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (mut rows, mut failed) = (Vec::new(), false);
    for suite in SUITES {
        eprintln!("{suite} …");
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["test", "--quiet", "-p", "kratos-tests", "--test", suite])
            .stderr(Stdio::inherit())
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let told: Vec<_> = text.lines().filter_map(Told::read).collect();
        if !output.status.success() || told.is_empty() {
            eprintln!("{text}\n{suite} failed");
            failed = true;
        }
        rows.extend(["scenarios", "operations"].into_iter().filter_map(|what| row(suite, what, &told)));
    }
    // A suite that ended early has no line for some server, and so no number.
    let releases = releases(&rows);
    let heads: Vec<_> = releases.iter().map(|release| format!(" {release} |")).collect();
    println!("| |{}\n|---|{}", heads.concat(), "---|".repeat(releases.len()));
    for (name, cells) in &rows {
        let cells = releases.iter().map(|release| {
            format!(" {} |", cells.get(*release).map_or("–".to_owned(), |numbers| numbers.join(" / ")))
        });
        println!("| {name} |{}", cells.collect::<String>());
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The summary line of a suite: `26.2.0-plain: 13 scenarios passed, 2 not offered (…)`.
struct Told<'a> {
    release: &'a str,
    passed: usize,
    failed: usize,
    of: usize,
    what: &'a str,
}

impl<'a> Told<'a> {
    fn cell(&self) -> String {
        match self.failed {
            0 => self.passed.to_string(),
            failed => format!("{} ({failed} FAILED)", self.passed),
        }
    }

    fn read(line: &'a str) -> Option<Self> {
        let (server, told) = line.split_once(": ")?;
        let release = server.strip_suffix("-plain").or_else(|| server.strip_suffix("-strict"))?;
        let words: Vec<&str> = told.split_whitespace().collect();
        let number = |word: &str| word.parse::<usize>().ok();
        match *words.as_slice() {
            [passed, "of", of, "operations", "passed"] => {
                let (passed, of) = (number(passed)?, number(of)?);
                Some(Self { release, passed, failed: 0, of, what: "operations" })
            }
            [passed, "scenarios", "passed,", absent, "not", ..] => {
                let (passed, absent) = (number(passed)?, number(absent)?);
                let failed = words.windows(2).find(|pair| pair[1].starts_with("FAILED"));
                let failed = failed.and_then(|pair| number(pair[0])).unwrap_or_default();
                Some(Self { release, passed, failed, of: passed + absent + failed, what: "scenarios" })
            }
            _ => None,
        }
    }
}

type Row = (String, BTreeMap<String, Vec<String>>);

fn row(suite: &str, what: &str, told: &[Told<'_>]) -> Option<Row> {
    let told: Vec<_> = told.iter().filter(|told| told.what == what).collect();
    let of = told.iter().map(|told| told.of).max()?;
    let mut cells = BTreeMap::<String, Vec<String>>::new();
    for told in told {
        cells.entry(told.release.to_owned()).or_default().push(told.cell());
    }
    let name = if what == suite { format!("{of} {what}") } else { format!("{of} {what} of `{suite}`") };
    Some((name, cells))
}

/// Newest first, the testkit last.
fn releases(rows: &[Row]) -> Vec<&str> {
    let number =
        |release: &str| -> Vec<u32> { release.split('.').filter_map(|part| part.parse().ok()).collect() };
    let mut releases: Vec<&str> =
        rows.iter().flat_map(|(_, cells)| cells.keys().map(String::as_str)).collect();
    releases.sort_by_key(|release| std::cmp::Reverse(number(release)));
    releases.dedup();
    releases
}
