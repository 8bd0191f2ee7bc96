//! Hostile requests as bytes on a socket, each with the answer expected. Nothing reaches the admin API.

use crate::apps::Served;
use crate::raw::{self, send};
use crate::upstream::{OK, Upstream};

/// A request, the statuses that may answer it (0: the server closes the connection), and whether it may reach Kratos.
struct Row {
    name: &'static str,
    request: Vec<u8>,
    statuses: &'static [u16],
    reaches: bool,
}

fn row(name: &'static str, request: impl Into<Vec<u8>>, statuses: &'static [u16], reaches: bool) -> Row {
    Row { name, request: request.into(), statuses, reaches }
}

fn path(name: &'static str, path: &str) -> Row {
    // 400 is the server's own answer to a path that is none, and 404 also that of a router.
    row(name, format!("GET {path} HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n"), &[400, 404], false)
}

const LOGIN: &str = "/.ory/kratos/self-service/login";

fn rows() -> Vec<Row> {
    let smuggled = "GET /admin/identities HTTP/1.1\r\nHost: app\r\n\r\n";
    let post = |headers: &str, body: &str| {
        format!("POST {LOGIN} HTTP/1.1\r\nHost: app\r\nConnection: close\r\n{headers}\r\n{body}")
    };
    let mut rows = vec![
        path("the admin API", "/.ory/kratos/admin/identities"),
        path("another case", "/.ory/kratos/ADMIN/identities"),
        path("dots", "/.ory/kratos/self-service/../admin/identities"),
        path("dots at the mount", "/.ory/kratos/../admin/identities"),
        path("encoded dots", "/.ory/kratos/self-service/%2e%2e/admin/identities"),
        path("half encoded dots", "/.ory/kratos/self-service/.%2E/admin/identities"),
        path("encoded slashes", "/.ory/kratos/self-service%2f..%2fadmin%2fidentities"),
        path("twice encoded", "/.ory/kratos/self-service/%252e%252e/admin/identities"),
        path("backslashes", "/.ory/kratos/self-service/..\\admin\\identities"),
        path("encoded backslashes", "/.ory/kratos/self-service/..%5cadmin%5cidentities"),
        path("two slashes", "/.ory/kratos//admin/identities"),
        path("two slashes inside", "/.ory/kratos/self-service//../admin"),
        path("a parameter", "/.ory/kratos/self-service/..;/admin/identities"),
        path("an encoded line feed", "/.ory/kratos/self-service/login%0d%0aX-Real-IP:%206.6.6.6"),
        path("an encoded letter", "/.ory/kratos/%61dmin/identities"),
        path("an encoded NUL", "/.ory/kratos/self-service/login%00/../../admin"),
        path("the mount thrice", "/.ory/kratos/.ory/kratos/.ory/kratos/sessions/whoami"),
        path("an absolute URL", "http://admin:4434/.ory/kratos/admin/identities"),
        path("the admin port by an absolute URL", "http://127.0.0.1:4434/admin/identities"),
        path("overlong UTF-8 dots", "/.ory/kratos/self-service/%c0%ae%c0%ae/admin"),
        row(
            "CONNECT",
            "CONNECT 127.0.0.1:4434 HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n",
            &[400, 404, 405],
            false,
        ),
        row(
            "TRACE",
            format!("TRACE {LOGIN} HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n"),
            &[405],
            false,
        ),
        row(
            "an unknown method",
            format!("BREW {LOGIN} HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n"),
            &[405],
            false,
        ),
        row(
            "an upgrade",
            format!("GET {LOGIN} HTTP/1.1\r\nHost: app\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
            &[400],
            false,
        ),
        row(
            "Transfer-Encoding and Content-Length",
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", &format!("0\r\n\r\n{smuggled}")),
            &[200, 400],
            true,
        ),
        row(
            "Content-Length and Transfer-Encoding",
            post("Transfer-Encoding: chunked\r\nContent-Length: 60\r\n", &format!("0\r\n\r\n{smuggled}")),
            &[200, 400],
            true,
        ),
        row(
            "two lengths",
            post("Content-Length: 5\r\nContent-Length: 50\r\n", &format!("aaaaa{smuggled}")),
            &[400],
            false,
        ),
        row("a list of lengths", post("Content-Length: 5, 50\r\n", "aaaaa"), &[400], false),
        row("a signed length", post("Content-Length: +5\r\n", "aaaaa"), &[400], false),
        row(
            "an odd coding",
            post("Transfer-Encoding: xchunked\r\n", &format!("0\r\n\r\n{smuggled}")),
            &[400, 501],
            false,
        ),
        row(
            "a coding after chunked",
            post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
            &[400, 501],
            false,
        ),
        row("a space before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), &[400], false),
        row(
            "a folded header",
            post("X-A: a\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            &[200, 400],
            true,
        ),
        row("a bare line feed in a header", post("X-A: a\nX-B: b\r\n", ""), &[200, 400], true),
        row("a bare carriage return in a header", post("X-A: a\rX-Real-IP: 6.6.6.6\r\n", ""), &[400], false),
        row("a NUL in a header", post("X-A: a\0b\r\n", ""), &[400], false),
        row(
            "a broken chunk",
            post("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n"),
            &[0, 400, 502],
            true,
        ),
        row("too large a body", post("Content-Length: 6000000\r\n", ""), &[413], false),
        row(
            "too large a body that waits",
            post("Content-Length: 6000000\r\nExpect: 100-continue\r\n", ""),
            &[413],
            false,
        ),
        row(
            "too large a body without a length",
            post("Transfer-Encoding: chunked\r\n", &format!("{}0\r\n\r\n", chunk(64 * 1024).repeat(96))),
            &[413],
            true,
        ),
        row(
            "a request that came back",
            format!(
                "GET {LOGIN} HTTP/1.1\r\nHost: app\r\nVia: 1.1 kratos-gateway\r\nConnection: close\r\n\r\n"
            ),
            &[508],
            false,
        ),
    ];
    rows.extend(["/version", "/metrics/prometheus", "/health/alive", "/identities", "/", ""].map(|inside| {
        Row { name: "outside of the public API", ..path("", &format!("/.ory/kratos{inside}")) }
    }));
    rows
}

fn chunk(length: usize) -> String {
    format!("{length:x}\r\n{}\r\n", "x".repeat(length))
}

#[tokio::test]
async fn hostile_requests_are_answered_as_the_table_says() {
    for row in rows() {
        let upstream = Upstream::answering(OK).await;
        for app in Served::both(&upstream.url, |gateway| gateway).await {
            let answered = send(app.address, &row.request).await;
            assert!(row.statuses.contains(&answered.status), "{}, {}: {answered:?}", row.name, app.name);
            let received = upstream.all();
            assert!(!received.contains("admin"), "{}, {}: {received}", row.name, app.name);
            assert!(row.reaches || received.is_empty(), "{}, {}: {received}", row.name, app.name);
        }
    }
}

/// What a client says of itself, of the way and of the upstream never arrives.
#[tokio::test]
async fn spoofed_headers_do_not_arrive() {
    let spoofed = "True-Client-IP: 6.6.6.6\r\nCf-Connecting-IP: 6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nx-forwarded-for: 6.6.6.6\r\n\
                   X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Anything: evil\r\n\
                   Forwarded: for=6.6.6.6;host=evil.example\r\nOry-Base-URL-Rewrite: https://evil.example\r\n\
                   Ory-Base-URL-Rewrite-Token: evil\r\nOry-No-Custom-Domain-Redirect: evil\r\nX-Hop: evil\r\n\
                   Keep-Alive: evil\r\nTE: evil\r\nProxy-Authorization: evil\r\nTraceparent: evil\r\nTracestate: evil\r\n\
                   Baggage: evil\r\nB3: evil\r\nX-B3-Sampled: evil\r\nUber-Trace-Id: evil\r\nUberctx-A: evil\r\n";
    let request = format!(
        "GET {LOGIN}/browser?a=b%2Fc HTTP/1.1\r\nHost: evil.example\r\nConnection: close, X-Hop, X-Real-IP\r\n{spoofed}\r\n"
    );
    let upstream = Upstream::answering(OK).await;
    for (number, app) in Served::both(&upstream.url, |gateway| gateway).await.into_iter().enumerate() {
        let answered = send(app.address, request.as_bytes()).await;
        assert_eq!((answered.status, answered.body()), (200, "ok"), "{}", app.name);
        let received = upstream.received().swap_remove(number);
        assert!(!received.contains("evil") && !received.contains("6.6.6.6"), "{}: {received}", app.name);
        assert!(received.starts_with("GET /self-service/login/browser?a=b%2Fc HTTP/1.1\r\n"), "{received}");
        let host = format!("host: {}\r\n", upstream.url.trim_start_matches("http://"));
        for line in [
            &*host,
            "x-real-ip: 127.0.0.1\r\n",
            "x-forwarded-for: 127.0.0.1\r\n",
            "x-forwarded-host: example.org\r\n",
            "x-forwarded-proto: https\r\n",
            "via: 1.1 kratos-gateway\r\n",
        ] {
            assert_eq!(received.matches(line).count(), 1, "{}: {line:?} in {received}", app.name);
        }
    }
}

#[tokio::test]
async fn an_absolute_url_counts_by_its_path_alone() {
    let upstream = Upstream::answering(OK).await;
    for app in Served::both(&upstream.url, |gateway| gateway).await {
        let answered = raw::get(app.address, "http://evil.example/.ory/kratos/schemas", "").await;
        // Both routers look at the path; either may refuse such a request.
        assert!([200, 400, 404].contains(&answered.status), "{}: {answered:?}", app.name);
        assert!(!upstream.all().contains("evil.example"), "{}", app.name);
    }
}
