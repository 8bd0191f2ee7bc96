//! Prints the table of docs/src/releases.md, from runs of the suites that call a Kratos:
//!
//! ```text
//! KRATOS_LAB=servers.json cargo run -p kratos-tests --example compatibility [-- LOGS]
//! ```
//! Runs the suites, or reads their output from `LOGS/SUITE.log`. The numbers are merged into `tests/compatibility.tsv`, each with the
//! day and the commit of its run: the programs of all releases need not run at once. The output is Markdown: for each suite the
//! number of scenarios that passed on each release (`plain / strict` where a release runs in both configurations). The others are not
//! offered there, and the suite prints why. Exits with 1 and a message on failure.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing, reason = "a program")]

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

const SUITES: [&str; 6] = ["scenarios", "sessions", "page_flows", "diagnosis", "check", "operations"];

/// By suite, what is counted, release and configuration: the cell, of how many, the day and the commit.
type Runs = BTreeMap<[String; 4], [String; 4]>;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("compatibility.tsv");
    let (logs, mut failed) = (env::args_os().nth(1).map(PathBuf::from), false);
    let stamp = [output("date", &["-u", "+%F"])?, output("git", &["rev-parse", "--short", "HEAD"])?];
    let mut runs = read(&file);
    for suite in SUITES {
        let (text, passed) = match &logs {
            Some(logs) => (fs::read_to_string(logs.join(format!("{suite}.log"))).unwrap_or_default(), true),
            None => run(suite)?,
        };
        let told: Vec<_> = text.lines().filter_map(Told::read).collect();
        if !passed || told.iter().any(|told| told.failed > 0) {
            eprintln!("{suite} failed");
            failed = true;
        }
        for told in told {
            let key = [suite, told.what, told.release, told.profile].map(str::to_owned);
            runs.insert(key, [told.cell(), told.of.to_string(), stamp[0].clone(), stamp[1].clone()]);
        }
    }
    let lines: Vec<String> =
        runs.iter().map(|(key, run)| [&key[..], &run[..]].concat().join("\t") + "\n").collect();
    fs::write(&file, lines.concat())?;
    print(&runs);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn run(suite: &str) -> Result<(String, bool), Box<dyn Error>> {
    eprintln!("{suite} …");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["test", "--quiet", "-p", "kratos-tests", "--test", suite])
        .stderr(Stdio::inherit())
        .output()?;
    Ok((String::from_utf8(output.stdout)?, output.status.success()))
}

fn output(program: &str, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(Command::new(program).args(arguments).output()?.stdout)?.trim().to_owned())
}

fn read(file: &Path) -> Runs {
    let text = fs::read_to_string(file).unwrap_or_default();
    let runs = text.lines().filter_map(|line| {
        let words: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let (key, run) = words.split_at_checked(4)?;
        Some((key.to_vec().try_into().ok()?, run.to_vec().try_into().ok()?))
    });
    runs.collect()
}

fn print(runs: &Runs) {
    let releases = releases(runs);
    let heads: Vec<_> = releases.iter().map(|release| format!(" {release} |")).collect();
    println!("| |{}\n|---|{}", heads.concat(), "---|".repeat(releases.len()));
    for suite in SUITES {
        for what in ["scenarios", "operations"] {
            let of = runs.iter().filter(|(key, _)| key[0] == suite && key[1] == what);
            let Some(of) = of.filter_map(|(_, run)| run[1].parse::<usize>().ok()).max() else { continue };
            let name =
                if what == suite { format!("{of} {what}") } else { format!("{of} {what} of `{suite}`") };
            let name = if what == "operations" { format!("{of} operations") } else { name };
            let cells = releases.iter().map(|release| {
                let cells =
                    runs.iter().filter(|(key, _)| key[0] == suite && key[1] == what && key[2] == *release);
                let cells: Vec<&str> = cells.map(|(_, run)| run[0].as_str()).collect();
                format!(" {} |", if cells.is_empty() { "–".to_owned() } else { cells.join(" / ") })
            });
            println!("| {name} |{}", cells.collect::<String>());
        }
    }
    let mut days = BTreeMap::<String, Vec<&str>>::new();
    for release in &releases {
        let mut of: Vec<String> = runs
            .iter()
            .filter(|(key, _)| key[2] == *release)
            .map(|(_, run)| format!("{} at {}", run[2], run[3]))
            .collect();
        of.sort();
        of.dedup();
        days.entry(of.join(", ")).or_default().push(release);
    }
    println!();
    for (days, releases) in days {
        println!("Run on {days}: {}.", releases.join(", "));
    }
}

/// Newest first, the testkit last.
fn releases(runs: &Runs) -> Vec<&str> {
    let place = |release: &str| -> (u8, Vec<u32>) {
        let kind = match release {
            "HEAD" => 2,
            "testkit" => 0,
            _ => 1,
        };
        (kind, release.split('.').filter_map(|part| part.parse().ok()).collect())
    };
    let mut releases: Vec<&str> = runs.keys().map(|key| key[2].as_str()).collect();
    releases.sort_by_key(|release| std::cmp::Reverse(place(release)));
    releases.dedup();
    releases
}

/// The summary line of a suite: `26.2.0-plain: 13 scenarios passed, 2 not offered (…)`.
struct Told<'a> {
    release: &'a str,
    profile: &'a str,
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
        let (release, profile) =
            server.rsplit_once('-').filter(|(_, it)| matches!(*it, "plain" | "strict"))?;
        let words: Vec<&str> = told.split_whitespace().collect();
        let number = |word: &str| word.parse::<usize>().ok();
        match *words.as_slice() {
            [passed, "of", of, "operations", "passed"] => {
                let (passed, of) = (number(passed)?, number(of)?);
                Some(Self { release, profile, passed, failed: 0, of, what: "operations" })
            }
            [passed, "scenarios", "passed,", absent, "not", ..] => {
                let (passed, absent) = (number(passed)?, number(absent)?);
                let failed = words.windows(2).find(|pair| pair[1].starts_with("FAILED"));
                let failed = failed.and_then(|pair| number(pair[0])).unwrap_or_default();
                Some(Self {
                    release,
                    profile,
                    passed,
                    failed,
                    of: passed + absent + failed,
                    what: "scenarios",
                })
            }
            _ => None,
        }
    }
}
