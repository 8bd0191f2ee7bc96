//! Starts the examples as the README says, and runs every command that they print.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use kratos_tests::lab;

/// Stops the example when dropped, so also when the test panics.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts an example and returns its commands, each with the status that it announces.
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

/// Runs every command that an example prints, and returns each with its response.
fn try_out(package: &str, settings: &[(&str, &str)], expected: &[&str]) -> Vec<(String, String)> {
    let (_running, commands) = start(package, settings);
    let mut seen: Vec<&str> = Vec::new();
    let mut answers = Vec::new();
    for (command, announced) in &commands {
        let output = Command::new("sh").args(["-c", command]).output().unwrap();
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        let status = answer.split_whitespace().nth(1).unwrap_or("none: is curl installed?");
        assert_eq!(status, announced, "{command}\n{answer}");
        seen.push(announced);
        answers.push((command.clone(), answer));
    }
    for status in expected {
        assert!(seen.contains(status), "{package} prints no command for {status}");
    }
    answers
}

#[test]
fn axum_quickstart() {
    every_server("axum-quickstart");
}

#[test]
fn actix_quickstart() {
    every_server("actix-quickstart");
}

/// The same commands get the same responses, apart from ports, credentials, ids and times.
#[test]
fn the_quickstarts_are_twins() {
    let [axum, actix] = ["axum-quickstart", "actix-quickstart"].map(|package| {
        let shown = try_out(package, &[], &[]).into_iter();
        shown.map(|(command, answer)| (without_chance(&command), comparable(&answer))).collect::<Vec<_>>()
    });
    for (axum, actix) in axum.iter().zip(&actix) {
        assert_eq!(axum, actix);
    }
    assert_eq!(axum.len(), actix.len());
}

/// In a browser, a guarded page redirects to a login form that the quickstart itself serves.
#[test]
fn the_quickstarts_serve_the_login_page() {
    for package in ["axum-quickstart", "actix-quickstart"] {
        let (_running, app) = start_app(package);
        let url = format!("{app}/account");
        let mut curl = Command::new("curl");
        curl.args(["-sL", "-c", "-", "-b", "", "-H", "Accept: text/html", &url]);
        let page = String::from_utf8_lossy(&curl.output().unwrap().stdout).into_owned();
        assert!(page.contains("data-testid=\"node/input/identifier\""), "{package}: {page}");
    }
}

#[test]
fn axum_selfservice() {
    selfservice("axum-selfservice");
}

#[test]
fn actix_selfservice() {
    selfservice("actix-selfservice");
}

/// The responses to anonymous requests, with the Kratos in the example's process.
fn selfservice(package: &str) {
    let (_running, app) = start_app(package);
    for (path, status) in [
        ("/", "200"),
        ("/welcome", "200"),
        ("/mailbox", "200"),
        ("/account", "303"),
        ("/vault", "303"),
        ("/sessions", "303"),
        ("/login", "303"),
        ("/registration", "303"),
        ("/recovery", "303"),
        ("/verification", "303"),
        ("/settings", "303"),
        ("/error", "303"),
        ("/logout", "405"),
        ("/kratos-ui/kratos-ui.css", "200"),
        ("/nowhere", "404"),
    ] {
        let url = format!("{app}{path}");
        let curl = Command::new("curl").args(["-si", "-H", "Accept: text/html", &url]).output().unwrap();
        let answer = String::from_utf8_lossy(&curl.stdout).into_owned();
        let got = answer.split_whitespace().nth(1).unwrap_or("none: is curl installed?");
        assert_eq!(got, status, "{package}: {path}\n{answer}");
    }
    // Kratos redirects back to this page, which then renders the form.
    let curl =
        Command::new("curl").args(["-sL", "-c", "-", "-b", "", &format!("{app}/login")]).output().unwrap();
    let page = String::from_utf8_lossy(&curl.stdout).into_owned();
    assert!(page.contains("data-testid=\"node/input/identifier\""), "{package}: {page}");
}

/// The origin check refuses cross-site POST requests and WebSocket upgrades before any session is resolved.
#[test]
fn another_site_is_refused_everywhere() {
    const FOREIGN: [&str; 4] = ["-H", "Sec-Fetch-Site: cross-site", "-H", "Origin: https://evil.example"];
    const SOCKET: [&str; 4] = ["-H", "Connection: Upgrade", "-H", "Upgrade: websocket"];
    let status = |url: &str, arguments: &[&str]| {
        let cookie = "Cookie: ory_kratos_session=MTcw-_=";
        let fixed = ["-si", "-m", "60", "-H", "Accept: application/json", "-H", cookie, url];
        let curl = Command::new("curl").args(fixed).args(arguments).output().unwrap();
        let answer = String::from_utf8_lossy(&curl.stdout).into_owned();
        answer.split_whitespace().nth(1).unwrap_or("none: is curl installed?").to_owned()
    };
    for package in ["axum-selfservice", "actix-selfservice"] {
        let (_running, app) = start_app(package);
        for path in ["/sessions/revoke-others", "/logout"] {
            let url = format!("{app}{path}");
            assert_eq!(status(&url, &[&["-X", "POST"], &FOREIGN[..]].concat()), "403", "{package}: {path}");
            assert_ne!(status(&url, &["-X", "POST"]), "403", "{package}: {path}");
        }
        let url = format!("{app}/account");
        assert_eq!(status(&url, &[SOCKET, FOREIGN].concat()), "403", "{package}");
    }
    for package in ["axum-quickstart", "actix-quickstart"] {
        let (_running, commands) = start(package, &[]);
        let (command, _) = &commands[0];
        let app = command.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        for (path, otherwise) in
            [("account", "401"), ("vault", "401"), ("payments", "401"), ("offline", "503")]
        {
            let url = format!("{}/{path}", app.trim_end_matches('/'));
            assert_eq!(status(&url, &[SOCKET, FOREIGN].concat()), "403", "{package}: {path}");
            assert_eq!(status(&url, &SOCKET), otherwise, "{package}: {path}");
        }
    }
}

/// Starts an application and returns its URL.
fn start_app(package: &str) -> (Running, String) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", package]).env("LISTEN", "127.0.0.1:0");
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let running = Running(child);
    let mut app = None;
    for line in lines {
        if let Some(url) = line.strip_prefix("# application: ") {
            app = Some(url.to_owned());
        }
        if line.starts_with("# ready") {
            return (running, app.unwrap());
        }
    }
    panic!("{package} ended before it was ready");
}

/// Returns a response's sorted headers, without `date` and `content-length`, and its body.
fn comparable(answer: &str) -> (Vec<String>, String) {
    let answer = without_chance(answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut head: Vec<_> = head.lines().map(str::to_owned).collect();
    head.retain(|line| !["date:", "content-length:"].iter().any(|name| line.starts_with(name)));
    head.sort();
    (head, body.to_owned())
}

/// Replaces ports, credentials, ids, hashes and times.
fn without_chance(text: &str) -> String {
    let chance = [
        (r"localhost(:|%3A)\d+", "HOST"),
        (r"ory_st_\w+", "TOKEN"),
        (r"ory_kratos_session=[^';]+", "COOKIE"),
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"),
        // The count stays; the page is hashed with a key of the process.
        (r"(kratos_login_hops=\d)\.[0-9a-f]+", "$1.PAGE"),
        (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    ];
    chance.iter().fold(text.to_owned(), |text, (pattern, name)| {
        regex::Regex::new(pattern).unwrap().replace_all(&text, *name).into_owned()
    })
}

fn every_server(package: &str) {
    try_out(package, &[], &["200", "401", "303", "403", "503"]);
    for server in lab::lab_servers() {
        try_out(package, &[("KRATOS_PUBLIC_URL", &server.public_url)], &["200", "401", "303", "403", "503"]);
        println!("{package} on {}: every command returned the status printed", server.name);
    }
}
