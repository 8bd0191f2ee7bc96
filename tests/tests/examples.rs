//! The examples, started as the README says and tried with the very commands that they print.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed, and it prints"
)]

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use kratos_tests::lab;

/// Stops the example when the test ends, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts an example and returns its commands with the status that each announces.
fn start(package: &str, settings: &[(&str, &str)]) -> (Running, Vec<(String, String)>) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", package]).env("LISTEN", "127.0.0.1:0");
    command.envs(settings.iter().copied()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let running = Running(child);
    let mut commands = Vec::new();
    for line in lines {
        if line.starts_with("# ready") {
            return (running, commands);
        }
        if line.starts_with("curl ") {
            let (_, announced) = line.rsplit_once("# ").unwrap();
            let status = announced.split(':').next().unwrap().to_owned();
            commands.push((line, status));
        }
    }
    panic!("{package} ended before it was ready");
}

fn try_out(package: &str, settings: &[(&str, &str)], expected: &[&str]) {
    let (_running, commands) = start(package, settings);
    let mut seen: Vec<&str> = Vec::new();
    for (command, announced) in &commands {
        let output = Command::new("sh").args(["-c", command]).output().unwrap();
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        let status = answer.split_whitespace().nth(1).unwrap_or("none: is curl installed?");
        assert_eq!(status, announced, "{command}\n{answer}");
        seen.push(announced);
    }
    for status in expected {
        assert!(seen.contains(status), "{package} shows no {status}");
    }
}

#[test]
fn axum_quickstart() {
    every_server("axum-quickstart");
}

fn every_server(package: &str) {
    try_out(package, &[], &["200", "401", "303", "403", "503"]);
    for server in lab::lab_servers() {
        try_out(package, &[("KRATOS_PUBLIC_URL", &server.public_url)], &["200", "401", "303", "403", "503"]);
        println!("{package} on {}: every command did as printed", server.name);
    }
}
