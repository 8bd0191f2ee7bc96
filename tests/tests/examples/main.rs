//! Starts the examples, and runs every command that they print.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod smtp;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::UdpSocket,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use kratos_tests::{examples, lab};

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
    start_program(examples::executable(package), settings)
}

fn start_program(program: &Path, settings: &[(&str, &str)]) -> (Running, Vec<(String, String)>) {
    let mut command = Command::new(program);
    command.env("LISTEN", "127.0.0.1:0");
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
    panic!("{} ended before it was ready", program.display());
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

/// What README.md and the guide tell to run are examples.
#[test]
fn every_command_of_the_documents_names_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = fs::read_dir(root.join("docs/src")).unwrap().map(|entry| entry.unwrap().path());
    let pages = guide.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let documents = pages.chain([root.join("README.md"), root.join("CONTRIBUTING.md")]);
    let command = regex::Regex::new(r"cargo run -p ([\w-]+)(?: --example)?").unwrap();
    let mut names = 0;
    for document in documents {
        let text = fs::read_to_string(document).unwrap();
        for found in command.captures_iter(&text).filter(|found| !found[0].ends_with("--example")) {
            assert!(examples::executable(&found[1]).exists());
            names += 1;
        }
    }
    assert!(names >= 8, "{names} commands");
}

#[test]
fn axum_hooks() {
    hooks("axum-hooks");
}

#[test]
fn actix_hooks() {
    hooks("actix-hooks");
}

/// What the user sees of the rules: the messages at the form and at the field.
fn hooks(package: &str) {
    let answers = try_out(package, &[], &["200", "400", "401"]);
    let answer = |what: &str| &answers.iter().find(|(command, _)| command.contains(what)).unwrap().1;
    assert!(answer("# 400: the captcha").contains("Please solve the captcha."));
    assert!(answer("# 400: not on").contains("Only addresses of example.org may register."));
    assert!(answer("# 200").contains("session_token"));
}

#[test]
fn axum_hooks_send_mail() {
    smtp("axum-hooks");
}

#[test]
fn actix_hooks_send_mail() {
    smtp("actix-hooks");
}

/// A mail of Kratos is delivered by SMTP. The first attempt is refused, and Kratos offers the message again.
fn smtp(package: &str) {
    let (url, mails) = smtp::listen();
    let settings = [("SMTP_URL", url.as_str()), ("MAIL_FROM", "app@example.org")];
    let (_running, commands) = start_program(examples::executable_with_smtp(package), &settings);
    let (register, _) = commands.iter().find(|(_, status)| status == "200").unwrap();
    assert!(Command::new("sh").args(["-c", register]).output().unwrap().status.success());
    let mail = mails.recv_timeout(Duration::from_secs(120)).unwrap();
    assert_eq!(mail.envelope, ["MAIL FROM:<app@example.org>", "RCPT TO:<ada@example.org>"]);
    for line in
        ["From: app@example.org", "To: ada@example.org", "Use this to verify your address at Example."]
    {
        assert!(mail.text.lines().any(|known| known == line), "{package}: no {line:?} in\n{}", mail.text);
    }
    let is_code = |line: &str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    assert!(mail.text.lines().any(is_code), "{package}: no code in\n{}", mail.text);
    assert!(mail.text.contains("<!doctype html>"), "{package}: no HTML in\n{}", mail.text);
    assert!(mails.try_recv().is_err(), "{package}: one mail");
}

#[test]
fn axum_oauth2() {
    oauth2("axum-oauth2");
}

#[test]
fn actix_oauth2() {
    oauth2("actix-oauth2");
}

/// The relying party sends users to the provider, whose pages answer.
fn oauth2(package: &str) {
    let answers = try_out(package, &[("LISTEN_SHOP", "127.0.0.1:0")], &["303", "400"]);
    let answer = |what: &str| &answers.iter().find(|(command, _)| command.contains(what)).unwrap().1;
    assert!(answer("/sign-in").contains("/oauth2/auth?"));
    assert!(answer("/oauth2/error").contains("access_denied"));
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
        ("/account/delete", "303"),
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
        for path in ["/sessions?revoke=others", "/account/delete", "/logout"] {
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

/// The mailbox shows codes and links of every user: another machine does not get it.
#[test]
fn another_machine_gets_no_mailbox() {
    // The address by which this machine reaches others. Nothing is sent.
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    let Ok(own) = socket.connect("192.0.2.1:9").and_then(|()| socket.local_addr()) else {
        println!("not run: this machine has no address but loopback");
        return;
    };
    for package in ["axum-selfservice", "actix-selfservice"] {
        let (_running, app) = start_app_at("0.0.0.0:0", package);
        let port = app.rsplit(':').next().unwrap().trim_end_matches('/');
        for (host, status) in [("127.0.0.1".to_owned(), "200"), (own.ip().to_string(), "404")] {
            let url = format!("http://{host}:{port}/mailbox");
            let curl = Command::new("curl").args(["-si", "--noproxy", "*", &url]).output().unwrap();
            let answer = String::from_utf8_lossy(&curl.stdout).into_owned();
            assert_eq!(answer.split_whitespace().nth(1), Some(status), "{package} at {host}: {answer}");
        }
    }
}

/// Starts an application and returns its URL.
fn start_app(package: &str) -> (Running, String) {
    start_app_at("127.0.0.1:0", package)
}

fn start_app_at(listen: &str, package: &str) -> (Running, String) {
    let mut command = Command::new(examples::executable(package));
    let mut child = command.env("LISTEN", listen).stdout(Stdio::piped()).spawn().unwrap();
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
