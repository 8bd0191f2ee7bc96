//! The programs of the examples.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

/// The examples that send mail by SMTP if built so.
const SMTP: [&str; 2] = ["axum-hooks/smtp", "actix-hooks/smtp"];

/// Returns the program of an example.
///
/// The first call builds those of all examples at once: together they are built with the features that the suites are built
/// with, so that nothing is compiled twice. Takes minutes on a machine without a build.
///
/// # Panics
/// If the examples do not build, or none has this name.
#[must_use]
pub fn executable(example: &str) -> &'static Path {
    static BUILT: OnceLock<HashMap<String, PathBuf>> = OnceLock::new();
    find(BUILT.get_or_init(|| build(&[], "")), example)
}

/// Returns the program of an example that sends mail by SMTP, as [`executable`] does.
///
/// # Panics
/// As [`executable`].
#[must_use]
pub fn executable_with_smtp(example: &str) -> &'static Path {
    static BUILT: OnceLock<HashMap<String, PathBuf>> = OnceLock::new();
    find(BUILT.get_or_init(|| build(&SMTP, "-smtp")), example)
}

fn find(programs: &'static HashMap<String, PathBuf>, example: &str) -> &'static Path {
    programs.get(example).unwrap_or_else(|| panic!("no example is called {example}: {:?}", programs.keys()))
}

fn build(features: &[&str], suffix: &str) -> HashMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    // A test makes cargo resolve the features as for tests.
    cargo.args([
        "build",
        "--quiet",
        "--message-format=json",
        "--workspace",
        "--bins",
        "--test",
        "example_copies",
    ]);
    cargo.args(features.iter().flat_map(|feature| ["--features", feature]));
    let output = cargo.stderr(Stdio::inherit()).output().expect("cargo");
    assert!(output.status.success(), "the examples cannot be built");
    let told = String::from_utf8_lossy(&output.stdout);
    let artifacts = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executable = |artifact: Value| {
        let path = PathBuf::from(artifact["executable"].as_str()?);
        let is_program = artifact["target"]["kind"][0] == "bin";
        is_program.then(|| artifact["target"]["name"].as_str().map(|name| (name.to_owned(), path)))?
    };
    artifacts.filter_map(executable).map(|(name, path)| (name.clone(), kept(&name, &path, suffix))).collect()
}

/// Links a program to a name that no other build replaces.
fn kept(name: &str, program: &Path, suffix: &str) -> PathBuf {
    let directory = program.parent().expect("a file").join("programs-of-examples");
    fs::create_dir_all(&directory).expect("a directory");
    let link = directory.join(format!("{name}{suffix}"));
    let fresh = directory.join(format!("{name}{suffix}.{}", std::process::id()));
    fs::hard_link(program, &fresh).or_else(|_| fs::copy(program, &fresh).map(drop)).expect("a link");
    fs::rename(&fresh, &link).expect("a link");
    link
}
