//! Records the exchanges of each scenario, without the values that differ in every run, to compare two servers.

use kratos_tests::http::Answer;
use kratos_tests::lab::Server;
use regex::Regex;
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// One exchange, normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) asked: String,
    /// The lines to compare: the status, the relevant headers, and one for each leaf of the body.
    pub(crate) lines: Vec<String>,
}

/// By server, then scenario.
type Transcripts = BTreeMap<(String, &'static str), Vec<Exchange>>;

static TRANSCRIPTS: Mutex<Transcripts> = Mutex::new(BTreeMap::new());

thread_local! {
    // a scenario runs on one thread
    static SCENARIO: Cell<&'static str> = const { Cell::new("") };
}

/// Assigns what follows on this thread to that scenario, and drops an earlier attempt.
pub(crate) fn begin(scenario: &'static str, server: &Server) {
    SCENARIO.set(scenario);
    forget_since(server, 0);
}

pub(crate) fn note(server: &Server, answer: &Answer) {
    let exchange = exchange(server, answer);
    let key = (server.name.clone(), SCENARIO.get());
    TRANSCRIPTS.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().push(exchange);
}

/// The number of exchanges of this scenario with the server.
pub(crate) fn mark(server: &Server) -> usize {
    let key = (server.name.clone(), SCENARIO.get());
    TRANSCRIPTS.lock().unwrap_or_else(PoisonError::into_inner).get(&key).map_or(0, Vec::len)
}

/// Drops the exchanges after a mark: an attempt that failed on a slow machine is not a difference between servers.
pub(crate) fn forget_since(server: &Server, mark: usize) {
    let key = (server.name.clone(), SCENARIO.get());
    if let Some(list) = TRANSCRIPTS.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&key) {
        list.truncate(mark);
    }
}

pub(crate) fn of(server: &str) -> BTreeMap<&'static str, Vec<Exchange>> {
    let all = TRANSCRIPTS.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter()
        .filter(|((name, _), _)| name == server)
        .map(|((_, scenario), list)| (*scenario, list.clone()))
        .collect()
}

const HEADERS: [&str; 10] = [
    "content-type",
    "location",
    "cache-control",
    "vary",
    "ory-error-id",
    "x-kratos-authenticated-identity-id",
    "ory-session-cache-for",
    "x-total-count",
    "link",
    "set-cookie",
];

fn exchange(server: &Server, answer: &Answer) -> Exchange {
    let mut lines = vec![format!("status {}", answer.status.as_u16())];
    for name in HEADERS {
        for value in answer.headers.get_all(name) {
            let value = String::from_utf8_lossy(value.as_bytes());
            lines.push(format!("header {name}: {}", plain(server, &value)));
        }
    }
    match serde_json::from_slice(&answer.body) {
        Ok(body) => leaves(server, "", &body, &mut lines),
        Err(_) if answer.body.is_empty() => {}
        Err(_) => lines.push(format!("text {}", plain(server, &String::from_utf8_lossy(&answer.body)))),
    }
    Exchange { asked: plain(server, &answer.asked), lines }
}

/// A line for each leaf. A node of a form is named by its place and its name.
fn leaves(server: &Server, path: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(members) if members.is_empty() => lines.push(format!("{path} {{}}")),
        Value::Object(members) => {
            let mut names: Vec<_> = members.keys().collect();
            names.sort();
            for name in names {
                leaves(server, &format!("{path}/{name}"), &members[name], lines);
            }
        }
        Value::Array(list) if list.is_empty() => lines.push(format!("{path} []")),
        Value::Array(list) => {
            for (place, item) in list.iter().enumerate() {
                let attributes = &item["attributes"];
                let name = attributes["name"].as_str().or(attributes["id"].as_str()).unwrap_or_default();
                leaves(server, &format!("{path}/{place}{name}"), item, lines);
            }
        }
        Value::String(_) if path.contains("/secrets/") => lines.push(format!("{path} BACKUPCODE")),
        Value::String(text) => lines.push(format!("{path} {:?}", plain(server, text))),
        // numbers of seconds and rows differ from run to run
        Value::Number(_) if path.ends_with("_unix") || path.ends_with("/since") => {
            lines.push(format!("{path} number"));
        }
        other => lines.push(format!("{path} {other}")),
    }
}

/// The text without the values that differ in every run.
fn plain(server: &Server, text: &str) -> String {
    static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        [
            (r"csrf_token_[0-9a-f]{64}", "CSRF"),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID"),
            (r"p[0-9a-f]{32}(@|%40|\.)example\.org", "PERSON"),
            (r"(CSRF|ory_kratos_session|ory_kratos_continuity)=[^;]*", "$1=VALUE"),
            (r"Expires=[^;]*", "Expires=TIME"),
            (r"Max-Age=(35\d\d|3600)\b", "Max-Age=HOUR"),
            (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000 UTC)?", "TIME"),
            (r"ory_(st|lo)_[0-9A-Za-z]{32}", "ory_$1_TOKEN"),
            (r"\b[A-Z2-7]{32}\b", "TOTP"),
            (r"data:image/png;base64,[A-Za-z0-9+/=]+", "data:image/png;base64,PICTURE"),
            (r"^[A-Za-z0-9+/]{86}==$", "CSRFTOKEN"),
            (r"^eyJ[\w-]+\.[\w-]+\.[\w-]+$", "JWT"),
            (r"page_token=[\w%-]+", "page_token=TOKEN"),
            (r"token=[0-9A-Za-z]{32}\b", "token=TOKEN"),
            (r"(code|state|code_challenge|init_code|return_to_code)=[^&\s\x22]{12,}", "$1=VALUE"),
            (r"^[0-9A-Za-z]{64}$", "EXCHANGECODE"),
            (r"code=\d{6}", "code=CODE"),
            (r"^\d{6}$", "CODE"),
            (r"127\.0\.0\.1:\d+", "PEER"),
            (r"expired -?\d+\.\d\d minutes", "expired N minutes"),
            (r"\b[0-9a-z]{8}(, [0-9a-z]{8})+", "BACKUPCODES"),
        ]
        .into_iter()
        .map(|(pattern, to)| (Regex::new(pattern).expect("a pattern"), to))
        .collect()
    });
    let mut text = text.to_owned();
    // Behind a gateway, `request_url` has its origin without its path.
    let origin = server.public_url.trim_end_matches(kratos_tests::gateway::MOUNT_PATH);
    let sso = kratos_tests::provider::issuer_for(server);
    for (url, name) in [
        (&*server.public_url, "PUBLIC"),
        (&*server.admin_url, "ADMIN"),
        (origin, "ORIGIN"),
        (sso, "PROVIDER"),
    ] {
        let encoded: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        text = text.replace(url, name).replace(&encoded, name);
    }
    for (pattern, to) in RULES.iter() {
        text = pattern.replace_all(&text, *to).into_owned();
    }
    text
}
