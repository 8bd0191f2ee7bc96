//! Records exchanges: with `KRATOS_RECORD=DIR` every exchange with a lab server is written to
//! `DIR/VERSION/NNN-NAME.json`, with secrets replaced, in the layout of this package's `captures`:
//! `{"request": {method, url, headers, body}, "response": {status, headers: [[name, value]], body}}`.
//!
//! A proxy on loopback stands before each port of a server and sees every exchange, whatever client a suite uses. The
//! files contain the server's own URL. Numbering continues after the files in the directory, so that several suites
//! can record into one.

mod normalise;
mod redact;

pub use normalise::Normaliser;
use normalise::without_ids;
pub use redact::Redactor;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Writes exchanges into a directory.
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
    redactor: Redactor,
    normaliser: Normaliser,
    /// The exchanges that were written, by their shape: another of the same says nothing new.
    shapes: Mutex<BTreeSet<String>>,
}

impl Recorder {
    /// Creates a recorder for this directory, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        let (redactor, normaliser) = (Redactor::default(), Normaliser::default());
        Self { folder, redactor, normaliser, shapes: Mutex::default() }
    }

    /// Starts a proxy before one port of a server and returns its URL. It runs until the process ends.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn before(self: &Arc<Self>, version: &str, url: &str) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        listener.set_nonblocking(true).expect("a non-blocking port");
        let port = listener.local_addr().expect("a port").port();
        let (recorder, version, url) = (Arc::clone(self), version.to_owned(), url.to_owned());
        crate::lab::runtime().spawn(async move {
            let relay = move |request: Request| {
                let (recorder, version, url) = (Arc::clone(&recorder), version.clone(), url.clone());
                async move { recorder.relay(&version, &url, request).await }
            };
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, Router::new().fallback(relay)).await.expect("a proxy");
        });
        format!("http://localhost:{port}")
    }

    async fn relay(&self, version: &str, url: &str, request: Request) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, BODY_LIMIT).await.expect("a request's body");
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let own = format!("{url}{path}");
        let mut headers = parts.headers.clone();
        for name in [header::HOST, header::CONNECTION, header::TRANSFER_ENCODING] {
            headers.remove(name);
        }
        let sent = crate::http::client()
            .request(parts.method.clone(), &own)
            .headers(headers.clone())
            .body(body.clone())
            .send()
            .await;
        let answer = match sent {
            Ok(answer) => answer,
            // The proxy is transparent at the level of HTTP.
            Err(error) => return plain(StatusCode::BAD_GATEWAY, &error.to_string()),
        };
        let (status, answered) = (answer.status(), answer.headers().clone());
        let content = answer.bytes().await.expect("an answer's body");
        headers.remove(header::CONTENT_LENGTH);
        let exchange = json!({
            "request": {
                "method": parts.method.as_str(),
                "url": own,
                "headers": request_headers(&headers),
                "body": String::from_utf8_lossy(&body),
            },
            "response": {
                "status": status.as_u16(),
                "headers": response_headers(&answered),
                "body": response_body(&answered, &content),
            },
        });
        let name = name(parts.method.as_str(), parts.uri.path(), status.as_u16());
        self.write(version, &name, exchange);
        let mut response = Response::builder().status(status);
        for (name, value) in &answered {
            if !matches!(*name, header::TRANSFER_ENCODING | header::CONNECTION) {
                response = response.header(name, value);
            }
        }
        response.body(Body::from(content)).expect("an answer")
    }

    /// Writes one exchange, with secrets and what differs between runs replaced, under the next free number. Skips an exchange
    /// whose response has the shape of one before.
    ///
    /// # Panics
    /// If the directory cannot be written.
    pub fn write(&self, version: &str, name: &str, mut exchange: Value) {
        self.redactor.redact(&mut exchange);
        self.normaliser.normalise(&mut exchange);
        let mut shape = format!("{version} {name} ");
        match &exchange["response"]["body"] {
            // A list of identities or sessions is in another order in each run.
            Value::Array(items) => shape.push_str(&items.len().min(3).to_string()),
            body => shape_of(body, &mut shape),
        }
        if !self.shapes.lock().expect("no panic elsewhere").insert(shape) {
            return;
        }
        let text = serde_json::to_string_pretty(&exchange).expect("JSON") + "\n";
        let folder = self.folder.join(version);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let known = std::fs::read_dir(&folder)
            .expect("a folder of exchanges")
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.split('-').next()?.parse::<usize>().ok());
        let mut number = known.max().unwrap_or(0) + 1;
        loop {
            // Creating the file first keeps the number unique among suites that record at the same time.
            let claim = folder.join(format!("{number:03}-{name}.json"));
            match OpenOptions::new().write(true).create_new(true).open(&claim) {
                Ok(mut file) => return file.write_all(text.as_bytes()).expect("an exchange written"),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(error) => panic!("KRATOS_RECORD: {}: {error}", claim.display()),
            }
        }
    }
}

/// Writes the names of a body's members, and those of a list's first items.
fn shape_of(value: &Value, shape: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                shape.push_str(name);
                shape.push('{');
                shape_of(field, shape);
                shape.push('}');
            }
        }
        // Nodes and messages differ in their members.
        Value::Array(items) => items.iter().take(3).for_each(|item| shape_of(item, shape)),
        Value::Null => shape.push('0'),
        _ => shape.push('1'),
    }
}

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    Response::builder().status(status).body(Body::from(text.to_owned())).expect("an answer")
}

fn request_headers(headers: &HeaderMap) -> Map<String, Value> {
    let mut told = Map::new();
    for name in headers.keys() {
        let lines: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        // `Cookie` is the one request header that is joined with a semicolon (RFC 9113, 8.2.3).
        let between = if *name == header::COOKIE { "; " } else { ", " };
        told.insert(name.as_str().to_owned(), lines.join(between).into());
    }
    told
}

fn response_headers(headers: &HeaderMap) -> Vec<Value> {
    headers
        .iter()
        .map(|(name, value)| json!([canonical(name.as_str()), String::from_utf8_lossy(value.as_bytes())]))
        .collect()
}

fn response_body(headers: &HeaderMap, content: &Bytes) -> Value {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json")
        && let Ok(json) = serde_json::from_slice(content)
    {
        return json;
    }
    String::from_utf8_lossy(content).into()
}

/// Restores `Set-Cookie` from hyper's lower case, as Kratos writes it.
fn canonical(name: &str) -> String {
    let part = |part: &str| {
        let (first, rest) = part.split_at(1.min(part.len()));
        first.to_ascii_uppercase() + rest
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// `get-identities-id-200` for `GET /identities/27f5….`.
fn name(method: &str, path: &str, status: u16) -> String {
    let mut words = vec![method.to_lowercase()];
    for part in without_ids(path).split('/').filter(|part| !part.is_empty()) {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        words.push(part.chars().map(plain).take(40).collect());
    }
    words.push(status.to_string());
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_contain_the_operation_and_no_ids() {
        let path = "/admin/identities/27f5d1b1-6a52-4e9c-9c4f-1d7d8e1b4d0a/sessions";
        assert_eq!(name("DELETE", path, 204), "delete-admin-identities-id-sessions-204");
        let path = "/admin/identities/by/external/crm%2027f5d1b1-6a52-4e9c-9c4f-1d7d8e1b4d0a%2F1";
        assert_eq!(name("GET", path, 200), "get-admin-identities-by-external-crm_20id_2F1-200");
        assert_eq!(canonical("x-kratos-authenticated-identity-id"), "X-Kratos-Authenticated-Identity-Id");
    }

    #[tokio::test]
    async fn proxy_relays_and_records_without_secrets() {
        let app = Router::new().fallback(|request: Request| async move {
            let asked = request.headers().get("x-session-token").unwrap().to_str().unwrap().to_owned();
            let mut headers = HeaderMap::new();
            headers.append("set-cookie", "ory_kratos_session=MTcsecret; Path=/".parse().unwrap());
            headers.append("set-cookie", "csrf=abc+/=; Path=/".parse().unwrap());
            headers.insert("content-type", "application/json; charset=utf-8".parse().unwrap());
            (StatusCode::FORBIDDEN, headers, json!({"asked": asked}).to_string())
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let folder = std::env::temp_dir().join(format!("kratos-record-{}", uuid::Uuid::new_v4()));
        let proxy = Arc::new(Recorder::new(folder.clone())).before("9.9.9", &own);

        for _ in 0..2 {
            let request = crate::http::client().get(format!("{proxy}/sessions/whoami?a=b"));
            let answer = crate::http::Answer::of(request.header("x-session-token", "ory_st_abcdefgh")).await;
            assert_eq!(answer.status, 403);
            assert_eq!(answer.json()["asked"], "ory_st_abcdefgh", "the suite receives the original");
            assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
        }
        assert!(
            !folder.join("9.9.9/002-get-sessions-whoami-403.json").exists(),
            "the same shape is recorded once"
        );
        let file = folder.join("9.9.9/001-get-sessions-whoami-403.json");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            !text.contains("abcdefgh") && !text.contains("MTcsecret") && !text.contains("abc+/"),
            "{text}"
        );
        let told: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(told["request"]["url"], "http://localhost:4433/sessions/whoami?a=b");
        assert_eq!(told["request"]["headers"]["x-session-token"], "ory_st_xxxxxxxx");
        assert_eq!(told["response"]["body"]["asked"], "ory_st_xxxxxxxx");
        let line = json!(["Set-Cookie", "ory_kratos_session=xxxxxxxxx; Path=/"]);
        assert!(told["response"]["headers"].as_array().unwrap().contains(&line), "{text}");
    }
}
