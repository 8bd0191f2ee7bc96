//! The faults, and what a caller must make of each.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{certificate::Certificate, server::Act};

/// What a response proves about the session. A guard must decide on this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A session.
    Active,
    /// Kratos itself reports no session.
    Anonymous,
    /// Kratos itself requires a second factor.
    Aal2Required,
    /// Unknown: 503.
    Unavailable,
    /// 429, with the seconds of `Retry-After` if they are valid.
    RateLimited(Option<u64>),
    /// The application is misconfigured: 500.
    Misconfigured,
}

/// How the application reaches Kratos.
#[derive(Clone, Debug)]
pub enum Reach {
    Server(Act),
    /// By HTTPS, with this behaviour.
    Tls(Act),
    /// By HTTPS, with this certificate and then this behaviour.
    Certificate(Certificate, Act),
    /// Without a listener.
    Refused,
    /// With a host name that does not exist.
    NoName,
    /// With a name server that does not answer.
    NameHangs,
    /// With a listener that never accepts.
    ConnectHangs,
}

#[derive(Clone, Debug)]
pub struct Fault {
    pub name: String,
    pub reach: Reach,
    pub said: Said,
    /// The application's timeout.
    pub patience: Duration,
    /// The kinds of callers, if not all.
    pub readers: Readers,
}

/// The callers in the cells of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// A page and a program in each cell.
    Both,
    /// Alternating. A bare status has two bodies (of Kratos, of a proxy) and two callers; each cell meets one of the four,
    /// its neighbours the others. The row of statuses is long, and neither influences the outcome.
    Turns { is_kratos: bool },
}

/// Long enough for a busy machine: these faults do not delay the response.
const AT_ONCE: Duration = Duration::from_secs(20);
/// Short: these last until the timeout.
const SLOW: Duration = Duration::from_millis(250);

pub fn all() -> Vec<Fault> {
    let mut all = Vec::new();
    let mut add = |name: &str, reach: Reach, said: Said, patience: Duration| {
        all.push(Fault { name: name.to_owned(), reach, said, patience, readers: Readers::Both });
    };
    use Said::{Aal2Required, Anonymous, Misconfigured, RateLimited, Unavailable};
    let server = |act| Reach::Server(act);

    add("refused", Reach::Refused, Unavailable, AT_ONCE);
    add("no such name", Reach::NoName, Unavailable, AT_ONCE);
    add("name server hangs", Reach::NameHangs, Unavailable, SLOW);
    add("connect hangs", Reach::ConnectHangs, Unavailable, SLOW);
    add("TLS: plain HTTP answers", Reach::Tls(Act::Close(session())), Unavailable, AT_ONCE);
    add("TLS: closed", Reach::Tls(Act::Close(bytes(""))), Unavailable, AT_ONCE);
    add("TLS: reset", Reach::Tls(Act::ResetReading), Unavailable, AT_ONCE);
    add("TLS: alert", Reach::Tls(Act::Close(Arc::new(vec![21, 3, 3, 0, 2, 2, 40]))), Unavailable, AT_ONCE);
    // An impostor's certificate would bypass every guard.
    for (name, certificate) in [
        ("of an unknown authority", Certificate::Untrusted),
        ("that signed itself", Certificate::SelfSigned),
        ("that signed itself, before the defaults", Certificate::SelfSignedBeforeDefaults),
        ("for another host", Certificate::OtherName),
        ("that is over", Certificate::Expired),
        ("that is not valid yet", Certificate::NotYet),
    ] {
        let impostor = Reach::Certificate(certificate, Act::Answer(session()));
        add(&format!("TLS: a certificate {name}"), impostor, Unavailable, AT_ONCE);
    }
    add("TLS: hangs", Reach::Tls(Act::Hang(bytes(""))), Unavailable, SLOW);

    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    add("reset while reading", server(Act::ResetReading), Unavailable, AT_ONCE);
    add("reset before the answer", server(Act::Reset(bytes(""))), Unavailable, AT_ONCE);
    add("reset in the head", server(Act::Reset(bytes(head))), Unavailable, AT_ONCE);
    let half = format!("{head}Content-Length: 900\r\n\r\n{{\"id\":\"9f425a8d");
    add("reset in the body", server(Act::Reset(bytes(&half))), Unavailable, AT_ONCE);
    add("closed before the answer", server(Act::Close(bytes(""))), Unavailable, AT_ONCE);
    add("truncated by length", server(Act::Close(bytes(&half))), Unavailable, AT_ONCE);
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    add("truncated chunk", server(Act::Close(bytes(&format!("{chunked}ff\r\n{{")))), Unavailable, AT_ONCE);
    add(
        "truncated without length",
        server(Act::Close(bytes(&format!("{head}\r\n{{\"id\":")))),
        Unavailable,
        AT_ONCE,
    );

    add("answer hangs", server(Act::Hang(bytes(""))), Unavailable, SLOW);
    add("head hangs", server(Act::Hang(bytes(head))), Unavailable, SLOW);
    add("body hangs", server(Act::Hang(bytes(&half))), Unavailable, SLOW);
    add("slow drip", server(Act::Drip(bytes(&format!("{chunked}1\r\n{{\r\n1\r\n \r\n")))), Unavailable, SLOW);
    add(
        "early hints for ever",
        server(Act::Flood(bytes(""), bytes("HTTP/1.1 103 Early Hints\r\n\r\n"), usize::MAX)),
        Unavailable,
        SLOW,
    );
    const MUCH: usize = 100 * 1024 * 1024;
    let block = "x".repeat(16 * 1024);
    let announced = format!("{head}Content-Length: {MUCH}\r\n\r\n");
    add("100 MB announced", server(Act::Flood(bytes(&announced), bytes(&block), MUCH)), Unavailable, AT_ONCE);
    add(
        "100 MB in chunks",
        server(Act::Flood(bytes(&chunked), bytes(&format!("4000\r\n{block}\r\n")), MUCH)),
        Unavailable,
        AT_ONCE,
    );
    add(
        "a head of 100 MB",
        server(Act::Flood(bytes(head), bytes(&format!("x-a: {block}\r\n")), MUCH)),
        Unavailable,
        AT_ONCE,
    );

    for (name, raw) in [
        ("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n".to_owned()),
        ("broken status line", "HTTP/1.1 abc\r\n\r\n".to_owned()),
        ("broken header", format!("{head}no colon\r\n\r\n")),
        ("header with a null byte", format!("{head}x-a: \0\r\n\r\n")),
        ("two lengths", format!("{head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}")),
        ("broken chunk", format!("{chunked}zz\r\n{{}}\r\n")),
    ] {
        add(&format!("malformed: {name}"), server(Act::Close(bytes(&raw))), Unavailable, AT_ONCE);
    }
    for (name, body) in [
        ("not JSON", "{\"id\": \"9f42"),
        ("empty", ""),
        ("null", "null"),
        ("a list", "[]"),
        ("nothing in it", "{}"),
        ("a number", "1"),
        ("no text", "\"\u{fffd}\""),
        ("an id that is none", "{\"id\": \"me\", \"active\": true}"),
        ("health", "{\"status\": \"ok\"}"),
    ] {
        add(&format!("200: {name}"), server(answer(200, JSON, body)), Unavailable, AT_ONCE);
    }
    let deep = format!("{{\"id\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    add("200: very deep", server(answer(200, JSON, &deep)), Unavailable, AT_ONCE);
    add("204", server(Act::Answer(bytes("HTTP/1.1 204 No Content\r\n\r\n"))), Unavailable, AT_ONCE);
    add("206: a part", server(answer(206, JSON, "{\"id\":")), Unavailable, AT_ONCE);
    add("wrong content type: text", server(answer(200, "text/plain", "ok")), Unavailable, AT_ONCE);
    add(
        "wrong content type: none",
        server(Act::Answer(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))),
        Unavailable,
        AT_ONCE,
    );
    add(
        "wrong content type: bytes that say gzip",
        server(Act::Answer(bytes(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\u{1f}\u{8b}",
        ))),
        Unavailable,
        AT_ONCE,
    );
    add("a proxy's login page", server(answer(200, HTML, PAGE)), Unavailable, AT_ONCE);

    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let raw = format!(
            "HTTP/1.1 {status} Elsewhere\r\nLocation: /sessions/whoami?again\r\nContent-Length: 0\r\n\r\n"
        );
        add(&format!("{status}"), server(Act::Answer(bytes(&raw))), Misconfigured, AT_ONCE);
    }
    for (name, value, told) in [
        ("no", "", None),
        ("7 s in", "Retry-After: 7\r\n", Some(7)),
        ("junk in", "Retry-After: soon\r\n", None),
        ("a negative", "Retry-After: -3\r\n", None),
        ("a past date in", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", None),
        ("an endless", "Retry-After: 18446744073709551615\r\n", Some(u64::MAX)),
    ] {
        let body = problem(429);
        let raw = format!(
            "HTTP/1.1 429 Limited\r\nContent-Type: {JSON}\r\n{value}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        add(
            &format!("429 with {name} Retry-After"),
            server(Act::Answer(bytes(&raw))),
            RateLimited(told),
            AT_ONCE,
        );
    }
    // Indistinguishable from a session that ended elsewhere. Still, no cookie changes.
    add("Kratos without its database: 401", server(answer(401, JSON, &problem(401))), Anonymous, AT_ONCE);
    add("Kratos without its database: 500", server(answer(500, JSON, &problem(500))), Unavailable, AT_ONCE);
    add("a second factor is asked for", server(answer(403, JSON, AAL2)), Aal2Required, AT_ONCE);
    for (name, change) in
        [("inactive", json!({"active": false})), ("ended", json!({"expires_at": "2020-01-01T00:00:00Z"}))]
    {
        let mut told = whoami();
        told.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        add(
            &format!("a session that is {name}"),
            server(answer(200, JSON, &told.to_string())),
            Anonymous,
            AT_ONCE,
        );
    }

    for status in 400..=504 {
        // The sender of a status decides its meaning.
        let decides = of_status(status, true) != of_status(status, false);
        for (who, kind, body) in [("Kratos", JSON, problem(status)), ("a proxy", HTML, PAGE.to_owned())] {
            let is_kratos = who == "Kratos";
            all.push(Fault {
                name: format!("{status} of {who}"),
                reach: Reach::Server(answer(status, kind, &body)),
                said: of_status(status, is_kratos),
                patience: AT_ONCE,
                readers: if decides { Readers::Both } else { Readers::Turns { is_kratos } },
            });
        }
    }
    all
}

/// The meaning of a bare status.
fn of_status(status: u16, is_kratos: bool) -> Said {
    match status {
        401 if is_kratos => Said::Anonymous,
        // Sent by a proxy before Kratos.
        401 | 403 | 422 if !is_kratos => Said::Unavailable,
        408 | 425 => Said::Unavailable,
        429 => Said::RateLimited(None),
        400..500 => Said::Misconfigured,
        _ => Said::Unavailable,
    }
}

pub const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const PAGE: &str = "<!doctype html><title>Please sign in</title><h1>502 Bad Gateway</h1>";
const AAL2: &str = r#"{"error":{"id":"session_aal2_required","code":403,"status":"Forbidden","reason":"Session does not fulfill the requested Authenticator Assurance Level","message":"Session does not fulfill the requested Authenticator Assurance Level"},"redirect_browser_to":"http://127.0.0.1:4433/self-service/login/browser?aal=aal2"}"#;

fn problem(status: u16) -> String {
    json!({"error": {"code": status, "status": "It failed", "reason": "for a reason", "message": "It failed"}}).to_string()
}

fn bytes(text: &str) -> Arc<Vec<u8>> {
    Arc::new(text.as_bytes().to_vec())
}

/// A complete response that also tries to delete the session cookie.
pub fn answer(status: u16, kind: &str, body: &str) -> Act {
    let clear = "ory_kratos_session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly";
    Act::Answer(bytes(&format!(
        "HTTP/1.1 {status} It Is\r\nContent-Type: {kind}\r\nSet-Cookie: {clear}\r\nSet-Cookie: csrf_token=; Max-Age=0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )))
}

/// A fresh session of AAL1 whose user has a verified address.
pub fn whoami() -> Value {
    let now = kratos_core::model::Timestamp::from(time::OffsetDateTime::now_utc()).to_string();
    json!({
        "id": "9f425a8d-7efc-4768-8f23-7647a74fdf13",
        "active": true,
        "authenticated_at": now,
        "authenticator_assurance_level": "aal1",
        "identity": {
            "id": "9f425a8d-7efc-4768-8f23-7647a74fdf14",
            "traits": {"email": "ada@example.org"},
            "verifiable_addresses": [{"value": "ada@example.org", "verified": true, "via": "email"}],
        },
    })
}

/// The same as a response.
pub fn session() -> Arc<Vec<u8>> {
    let body = whoami().to_string();
    bytes(&format!("HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

/// A login flow that offers a second factor.
pub fn factors() -> Arc<Vec<u8>> {
    let body = r#"{"ui":{"nodes":[{"group":"totp"}]}}"#;
    bytes(&format!("HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}
