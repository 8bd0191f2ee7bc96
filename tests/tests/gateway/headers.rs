//! What passes in good order.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::apps::Served;
use crate::raw::{self, send};
use crate::upstream::{OK, Upstream};

const PLAIN: fn(kratos_tower::gateway::Gateway) -> kratos_tower::gateway::Gateway = |gateway| gateway;

#[tokio::test]
async fn a_redirect_with_two_cookies_passes_unchanged() {
    let upstream = Upstream::answering(
        "HTTP/1.1 303 See Other\r\nLocation: https://example.org/.ory/kratos/x?a=%2F\r\nSet-Cookie: a=1; Path=/; HttpOnly\r\n\
         Set-Cookie: b=2; Domain=example.org\r\nClear-Site-Data: \"cache\"\r\nConnection: keep-alive, X-Internal\r\n\
         Keep-Alive: timeout=5\r\nX-Internal: 1\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    for app in Served::both(&upstream.url, PLAIN).await {
        let answered =
            raw::get(app.address, "/.ory/kratos/self-service/logout?token=x", "Accept: text/html\r\n").await;
        assert_eq!(answered.status, 303, "{}: {answered:?}", app.name);
        assert_eq!(
            answered.all("set-cookie"),
            ["a=1; Path=/; HttpOnly", "b=2; Domain=example.org"],
            "{}",
            app.name
        );
        assert_eq!(answered.all("location"), ["https://example.org/.ory/kratos/x?a=%2F"]);
        assert_eq!(answered.all("clear-site-data"), ["\"cache\""]);
        assert!(
            answered.all("x-internal").is_empty() && answered.all("keep-alive").is_empty(),
            "{answered:?}"
        );
        assert!(upstream.all().contains("accept: text/html\r\n"));
    }
}

#[tokio::test]
async fn a_form_arrives_with_its_length_and_a_chunked_one_as_chunks() {
    let upstream = Upstream::answering(OK).await;
    for (number, app) in Served::both(&upstream.url, PLAIN).await.into_iter().enumerate() {
        let head =
            "POST /.ory/kratos/self-service/login?flow=1 HTTP/1.1\r\nHost: app\r\nConnection: close\r\n";
        let form = format!(
            "{head}Content-Length: 11\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nmethod=code"
        );
        assert_eq!(send(app.address, form.as_bytes()).await.status, 200, "{}", app.name);
        let chunked = format!(
            "{head}Transfer-Encoding: chunked\r\n\r\n6\r\nmethod\r\n5\r\n=code\r\n0\r\nX-Trailer: evil\r\n\r\n"
        );
        assert_eq!(send(app.address, chunked.as_bytes()).await.status, 200, "{}", app.name);
        let received = upstream.received().split_off(number).concat();
        let forms: Vec<_> = received.split("POST ").skip(1).collect();
        assert!(
            forms[0].contains("content-length: 11\r\n") && forms[0].ends_with("\r\n\r\nmethod=code"),
            "{forms:?}"
        );
        let chunks = forms[1].split("\r\n\r\n").nth(1).unwrap();
        assert!(forms[1].contains("transfer-encoding: chunked\r\n"), "{forms:?}");
        assert!(
            chunks.contains("method") && chunks.contains("=code") && !forms[1].contains("evil"),
            "{forms:?}"
        );
    }
}

#[tokio::test]
async fn head_announces_the_length_and_sends_nothing() {
    let upstream = Upstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 4711\r\n\r\n").await;
    for app in Served::both(&upstream.url, PLAIN).await {
        let request = "HEAD /.ory/kratos/.well-known/ory/webauthn.js HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n";
        let answered = send(app.address, request.as_bytes()).await;
        assert_eq!((answered.status, answered.body()), (200, ""), "{}", app.name);
        assert_eq!(answered.all("content-length"), ["4711"], "{}: {answered:?}", app.name);
    }
}

#[tokio::test]
async fn a_range_and_its_answer_pass() {
    let part = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nok";
    let upstream = Upstream::answering(part).await;
    for app in Served::both(&upstream.url, PLAIN).await {
        let path = "/.ory/kratos/.well-known/ory/webauthn.js";
        let answered = raw::get(app.address, path, "Range: bytes=0-1\r\n").await;
        assert_eq!((answered.status, answered.body()), (206, "ok"), "{}", app.name);
        let received = upstream.all();
        assert!(received.contains("range: bytes=0-1\r\n"), "{}: {received}", app.name);
        // A request without a body announces none.
        assert!(
            !received.contains("transfer-encoding") && !received.contains("content-length"),
            "{received}"
        );
    }
}

/// The client sends its body when it is asked for it, and Kratos never sees the question.
#[tokio::test]
async fn expect_is_answered_here() {
    let upstream = Upstream::answering(OK).await;
    for app in Served::both(&upstream.url, PLAIN).await {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let head = "POST /.ory/kratos/self-service/login HTTP/1.1\r\nHost: app\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut interim = [0; 25];
        stream.read_exact(&mut interim).await.unwrap();
        assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n", "{}", app.name);
        stream.write_all(b"hello").await.unwrap();
        let answered = raw::read(&mut stream).await;
        assert_eq!((answered.status, answered.body()), (200, "ok"), "{}", app.name);
        let received = upstream.all();
        assert!(received.contains("hello") && !received.contains("expect"), "{}: {received}", app.name);
    }
}

/// Neither a missing nor a silent Kratos is anything but 5xx, in a fixed text.
#[tokio::test]
async fn a_kratos_that_is_not_there_is_502() {
    let closed = Upstream::start(crate::upstream::Behaviour::Close).await;
    for url in [closed.url.as_str(), "http://127.0.0.1:1"] {
        for app in Served::both(url, PLAIN).await {
            let answered =
                raw::get(app.address, "/.ory/kratos/sessions/whoami", "Cookie: ory_kratos_session=x\r\n")
                    .await;
            assert_eq!(answered.status, 502, "{} {url}: {answered:?}", app.name);
            let body = r#"{"error":{"code":502,"status":"Bad Gateway","message":"The identity service is unavailable. Try again later."}}"#;
            assert_eq!(answered.body(), body, "{}", app.name);
            assert!(answered.all("set-cookie").is_empty());
        }
    }
}
