//! A caller of a server: a browser's script, a browser's page, a native program or an operator. It knows only the server's
//! URLs. The transcript records its exchanges.

use crate::transcript;
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::{Mail, Server};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Script,
    Page,
    Native,
    Operator,
}

/// A caller and its state: cookies or a session token.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) server: &'static Server,
    pub(crate) jar: Jar,
    pub(crate) token: Option<String>,
    kind: Kind,
}

impl Visitor {
    fn new(server: &'static Server, kind: Kind) -> Self {
        Self { server, jar: Jar::default(), token: None, kind }
    }

    /// A script in a browser: cookies and JSON.
    pub(crate) fn script(server: &'static Server) -> Self {
        Self::new(server, Kind::Script)
    }

    /// A browser that navigates: cookies, forms, redirects.
    pub(crate) fn page(server: &'static Server) -> Self {
        Self::new(server, Kind::Page)
    }

    /// A native program: a session token and JSON.
    pub(crate) fn native(server: &'static Server) -> Self {
        Self::new(server, Kind::Native)
    }

    /// An operator, on the admin API.
    pub(crate) fn operator(server: &'static Server) -> Self {
        Self::new(server, Kind::Operator)
    }

    /// The same browser, as a script.
    pub(crate) fn as_script(&self) -> Self {
        Self { kind: Kind::Script, ..self.clone() }
    }

    /// The same browser, as a page.
    pub(crate) fn as_page(&self) -> Self {
        Self { kind: Kind::Page, ..self.clone() }
    }

    pub(crate) fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// A request of this caller.
    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            self.server.rebase(path)
        } else if self.kind == Kind::Operator {
            self.server.admin(path)
        } else {
            self.server.public(path)
        };
        let accept = if self.kind == Kind::Page { "text/html" } else { "application/json" };
        let request = client().request(method, url).header("accept", accept);
        match &self.token {
            Some(token) => request.header("x-session-token", token),
            None => request,
        }
    }

    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Answer {
        let mut request = request;
        loop {
            let again = request.try_clone();
            let answer = match self.kind {
                Kind::Script | Kind::Page => self.jar.send(request).await,
                Kind::Native | Kind::Operator => Answer::of(request).await,
            };
            // Kratos on SQLite answers so to concurrent writes
            let is_busy = String::from_utf8_lossy(&answer.body).contains("database is locked");
            match again {
                Some(again) if is_busy => request = again,
                _ => {
                    transcript::note(self.server, &answer);
                    return answer;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.ask(Method::GET, path);
        self.send(request).await
    }

    /// A navigation of the same browser, whatever the caller is.
    pub(crate) async fn as_page_get(&mut self, path: &str) -> Answer {
        let mut page = self.as_page();
        page.token = None;
        let answer = page.get(path).await;
        self.jar = page.jar;
        answer
    }

    pub(crate) async fn call(&mut self, method: Method, path: &str) -> Answer {
        let request = self.ask(method, path);
        self.send(request).await
    }

    pub(crate) async fn json(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        let request = self.ask(method, path).json(body);
        self.send(request).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.json(Method::POST, path, body).await
    }

    /// Starts a flow and reads it. `query` is empty or such as `?refresh=true`.
    pub(crate) async fn begin(&mut self, kind: &str, query: &str) -> Value {
        match self.kind {
            Kind::Page => {
                let to = self.get(&format!("/self-service/{kind}/browser{query}")).await.expect(&[302, 303]);
                let id = flow_of(to.location());
                self.read(kind, &id).await.expect(&[200]).json()
            }
            Kind::Script => {
                self.get(&format!("/self-service/{kind}/browser{query}")).await.expect(&[200]).json()
            }
            _ => self.get(&format!("/self-service/{kind}/api{query}")).await.expect(&[200]).json(),
        }
    }

    /// Reads a flow, as its page does.
    pub(crate) async fn read(&mut self, kind: &str, id: &str) -> Answer {
        let path = format!("/self-service/{kind}/flows?id={id}");
        let request = self.ask(Method::GET, &path).header("accept", "application/json");
        let mut reader = if self.kind == Kind::Page { self.as_script() } else { self.clone() };
        let request = if self.kind == Kind::Page { reader.ask(Method::GET, &path) } else { request };
        let answer = reader.send(request).await;
        self.jar = reader.jar;
        answer
    }

    /// Submits a flow with its CSRF token: as a form if the caller is a page, otherwise as JSON.
    pub(crate) async fn submit(&mut self, kind: &str, flow: &Value, body: Value) -> Answer {
        let csrf = value(flow, "csrf_token");
        self.submit_raw(kind, flow, with(body, "csrf_token", &csrf)).await
    }

    /// Submits a flow without its CSRF token.
    pub(crate) async fn submit_raw(&mut self, kind: &str, flow: &Value, body: Value) -> Answer {
        let path = format!("/self-service/{kind}?flow={}", flow["id"].as_str().expect("an id"));
        let request = self.ask(Method::POST, &path);
        let request = if self.kind == Kind::Page { request.form(&flat(&body)) } else { request.json(&body) };
        self.send(request).await
    }

    pub(crate) async fn whoami(&mut self) -> Answer {
        self.get("/sessions/whoami").await
    }

    /// Signs in with a password. Retries if the flow expires before it is submitted.
    pub(crate) async fn sign_in(&mut self, person: &Person) -> Answer {
        for _ in 0..3 {
            let mark = transcript::mark(self.server);
            let flow = self.begin("login", "").await;
            let done = self.submit("login", &flow, person.password_body()).await;
            let over = done.status == 410 || done.header("location").is_some_and(|to| to.contains("flow="));
            if !over {
                return done;
            }
            transcript::forget_since(self.server, mark);
        }
        panic!("every login flow expired before it was submitted");
    }
}

/// A user with an account, created by the admin API, or by registration where that cannot set a password.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) id: String,
}

impl Person {
    pub(crate) fn password_body(&self) -> Value {
        json!({"method": "password", "identifier": self.email, "password_identifier": self.email, "password": self.password})
    }
}

/// A new, unused address.
pub(crate) fn address() -> String {
    format!("p{}@example.org", Uuid::new_v4().simple())
}

pub(crate) fn password() -> String {
    format!("Zq9-{}", Uuid::new_v4())
}

/// A new account.
pub(crate) async fn person(server: &'static Server) -> Person {
    let (email, password) = (address(), password());
    let credentials = json!({"password": {"config": {"password": password}}});
    let body = json!({"schema_id": server.schema_id, "traits": {"email": email}, "credentials": credentials});
    if server.is_since(1, 0) {
        let made = Visitor::operator(server).post("/identities", &body).await.expect(&[201]).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        return Person { email, password, id };
    }
    let mut native = Visitor::native(server);
    let body = json!({"method": "password", "password": password, "traits": {"email": email}});
    // an old server on SQLite drops some of the concurrent requests
    for _ in 0..5 {
        let flow = native.begin("registration", "").await;
        let path = format!("/self-service/registration?flow={}", flow["id"].as_str().expect("an id"));
        let Ok(answer) = native.ask(Method::POST, &path).json(&body).send().await else { continue };
        let Ok(done) = answer.json::<Value>().await else { continue };
        if let Some(id) = done["identity"]["id"].as_str() {
            return Person { email, password, id: id.to_owned() };
        }
    }
    panic!("registration failed at {}", server.name);
}

/// A new account and its session token.
pub(crate) async fn signed_in(server: &'static Server) -> (Person, Visitor) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let done = native.sign_in(&person).await.expect(&[200]).json();
    let token = done["session_token"].as_str().expect("a token").to_owned();
    (person, Visitor::native(server).with_token(&token))
}

/// A new account and a browser's script that is signed in.
pub(crate) async fn signed_in_script(server: &'static Server) -> (Person, Visitor) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let _ = script.sign_in(&person).await.expect(&[200]);
    (person, script)
}

/// The first message of this template after the first `known` of them.
pub(crate) async fn mail(server: &Server, to: &str, template: &str, known: usize) -> Mail {
    for _ in 0..300 {
        let mails = server.mailbox.mails(to);
        let mut fitting = mails.into_iter().filter(|mail| mail.template.as_deref() == Some(template));
        if let Some(mail) = fitting.nth(known) {
            return mail;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no {template} to {to}");
}

/// The id of the message about a weak password: since 1.1 its own, before that the one of all of them.
pub(crate) fn weak_message(server: &Server, id: u64) -> u64 {
    if server.is_since(1, 1) { id } else { 4_000_005 }
}

/// The value of a flow's field.
pub(crate) fn value(flow: &Value, name: &str) -> String {
    node(flow, name).and_then(|node| node["attributes"]["value"].as_str()).unwrap_or_default().to_owned()
}

pub(crate) fn node<'a>(flow: &'a Value, name: &str) -> Option<&'a Value> {
    let mut nodes = flow["ui"]["nodes"].as_array().into_iter().flatten();
    nodes.find(|node| node["attributes"]["name"] == name || node["attributes"]["id"] == name)
}

/// The submit buttons of a flow, as `group:value`.
pub(crate) fn methods(flow: &Value) -> Vec<String> {
    let nodes = flow["ui"]["nodes"].as_array().into_iter().flatten();
    nodes
        .filter(|node| node["attributes"]["name"] == "method" && node["attributes"]["type"] == "submit")
        .map(|node| node["attributes"]["value"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The ids of all messages of a flow: above its form, then at its fields.
pub(crate) fn messages(flow: &Value) -> Vec<u64> {
    let above = flow["ui"]["messages"].as_array().into_iter().flatten();
    let nodes = flow["ui"]["nodes"].as_array().into_iter().flatten();
    let at_fields = nodes.flat_map(|node| node["messages"].as_array().into_iter().flatten());
    above.chain(at_fields).filter_map(|message| message["id"].as_u64()).collect()
}

/// The ids of the messages at one field.
pub(crate) fn told(flow: &Value, name: &str) -> Vec<u64> {
    let messages = node(flow, name).and_then(|node| node["messages"].as_array()).into_iter().flatten();
    messages.filter_map(|message| message["id"].as_u64()).collect()
}

/// The id of an error response.
pub(crate) fn error_id(answer: &Answer) -> String {
    answer.json()["error"]["id"].as_str().unwrap_or_default().to_owned()
}

/// The id of the flow or error in a page's URL.
pub(crate) fn flow_of(page: &str) -> String {
    let page = url::Url::parse(page).expect("an address");
    let id = page.query_pairs().find(|(name, _)| name == "flow" || name == "id");
    id.unwrap_or_else(|| panic!("no flow in {page}")).1.into_owned()
}

/// The current TOTP code for a secret.
pub(crate) fn totp(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    let totp = totp_rs::Builder::new().with_algorithm(totp_rs::Algorithm::SHA1).with_secret(secret);
    totp.build_noncompliant().generate_current().to_string()
}

fn with(mut body: Value, name: &str, text: &str) -> Value {
    if let (Value::Object(body), false) = (&mut body, text.is_empty()) {
        body.insert(name.to_owned(), text.into());
    }
    body
}

/// Flattens nested objects to the dotted names of a form.
fn flat(body: &Value) -> Vec<(String, String)> {
    fn walk(path: &str, value: &Value, out: &mut Vec<(String, String)>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(&path, value, out);
                }
            }
            Value::String(text) => out.push((path.to_owned(), text.clone())),
            other => out.push((path.to_owned(), other.to_string())),
        }
    }
    let mut out = Vec::new();
    walk("", body, &mut out);
    out
}
