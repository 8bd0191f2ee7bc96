//! Against a server on the loopback interface that plays Kratos.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderValue};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::*;
use crate::credential::CredentialReader;

const SESSION: &str = r#"{"id":"9a9eb2a7-76d3-4417-9771-7c9718c1fd8d","active":true}"#;
const NO_SESSION: &str = r#"{"error":{"code":401,"message":"no"}}"#;

/// What the server does with a request, of which it gets the number on its connection and the head.
type Handler = dyn Fn(usize, &str) -> Option<String> + Send + Sync;

/// Keeps connections open, and closes one where the handler returns no response.
async fn server(
    handler: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static,
) -> (HttpResolver, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (handler, connections): (Arc<Handler>, _) = (Arc::new(handler), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, Arc::clone(&handler)));
        }
    });
    (HttpResolver::new(&url).unwrap(), connections)
}

async fn serve(mut stream: TcpStream, handler: Arc<Handler>) {
    for number in 0.. {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = stream.read_u8().await else { return };
            head.push(byte);
        }
        let Some(response) = handler(number, &String::from_utf8_lossy(&head).to_lowercase()) else { return };
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn response(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn cookies(line: &str) -> Credential {
    let mut headers = HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_str(line).unwrap());
    CredentialReader::default().read(&headers).unwrap().unwrap()
}

async fn is_active(resolver: &HttpResolver, credential: &Credential) -> bool {
    let found = resolver.resolve(credential, Freshness::Cached).await.unwrap();
    matches!(found.resolution, Resolution::Active(_))
}

/// Opens sessions by the cookie `name=good` alone, and notes the cookies of each call.
async fn kratos(name: &'static str) -> (HttpResolver, impl Fn() -> Vec<String>) {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&calls);
    let (resolver, _) = server(move |_, head| {
        let cookie =
            head.lines().find_map(|line| line.strip_prefix("cookie: ")).unwrap_or_default().to_owned();
        let opens = cookie.split("; ").any(|pair| pair == format!("{name}=good"));
        noted.lock().unwrap().push(cookie);
        Some(if opens { response(200, SESSION) } else { response(401, NO_SESSION) })
    })
    .await;
    (resolver, move || std::mem::take(&mut *calls.lock().unwrap()))
}

#[tokio::test]
async fn the_cookie_of_another_name_is_tried_and_then_sent_first() {
    let (resolver, calls) = kratos("ory_session_acme").await;
    let both = cookies("ory_kratos_session=stale; ory_session_acme=good");
    assert!(is_active(&resolver, &both).await);
    assert_eq!(calls(), ["ory_kratos_session=stale", "ory_session_acme=good"], "one name a call");
    assert!(is_active(&resolver, &both).await);
    assert_eq!(calls(), ["ory_session_acme=good"], "the accepted name comes first");
    // The name that opens a session on its own is known, too.
    let (resolver, calls) = kratos("ory_session_acme").await;
    assert!(is_active(&resolver, &cookies("ory_session_acme=good")).await);
    assert!(!is_active(&resolver, &cookies("ory_kratos_session=stale")).await);
    calls();
    assert!(is_active(&resolver, &both).await);
    assert_eq!(calls(), ["ory_session_acme=good"]);
    let more =
        "ory_kratos_session=1; ory_session_a=2; ory_session_b=3; ory_session_c=4; ory_session_acme=good";
    assert!(!is_active(&resolver, &cookies(more)).await);
    assert_eq!(calls().len(), 3, "at most two more");
}

#[tokio::test]
async fn no_alternatives_are_tried_while_most_requests_are_refused() {
    let (resolver, calls) = kratos("none").await;
    let both = cookies("ory_kratos_session=a; ory_session_acme=b");
    for _ in 0..100 {
        assert!(!is_active(&resolver, &both).await);
    }
    assert!(calls().len() <= 120, "each request calls once, but for the first ones");
}

#[tokio::test]
async fn an_alternative_that_cannot_be_checked_is_an_error() {
    let (resolver, _) = server(|_, head| {
        Some(if head.contains("stale") { response(401, NO_SESSION) } else { response(503, "") })
    })
    .await;
    let both = cookies("ory_kratos_session=stale; ory_session_acme=good");
    assert!(resolver.resolve(&both, Freshness::Cached).await.unwrap_err().is_unavailable());
}

#[tokio::test]
async fn a_call_on_a_connection_that_the_server_closes_is_repeated_once() {
    let (resolver, connections) = server(|number, _| (number == 0).then(|| response(200, SESSION))).await;
    let cookie = cookies("ory_kratos_session=a");
    for call in 1..=4 {
        assert!(is_active(&resolver, &cookie).await, "call {call}");
        assert_eq!(connections.load(Ordering::SeqCst), call);
    }
    let (resolver, connections) = server(|_, _| None).await;
    assert!(resolver.resolve(&cookie, Freshness::Cached).await.unwrap_err().is_unavailable());
    assert_eq!(connections.load(Ordering::SeqCst), 2, "once, and not more often");
}

#[tokio::test]
async fn redirects_are_neither_followed_nor_overlooked() {
    let paths = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&paths);
    let (resolver, _) = server(move |_, head| {
        noted.lock().unwrap().push(head.lines().next().unwrap_or_default().to_owned());
        Some(if head.starts_with("get /sessions/whoami ") {
            "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".to_owned()
        } else {
            response(200, SESSION)
        })
    })
    .await;
    let cookie = cookies("ory_kratos_session=a");
    let error = resolver.resolve(&cookie, Freshness::Cached).await.unwrap_err();
    assert!(error.is_misconfigured(), "{error:?}");
    assert_eq!(*paths.lock().unwrap(), ["get /sessions/whoami http/1.1"]);
    let following = resolver.with_client(reqwest::Client::new());
    let error = following.resolve(&cookie, Freshness::Cached).await.unwrap_err();
    assert!(error.is_misconfigured() && error.to_string().contains("redirect"), "{error:?}");
}

#[tokio::test]
async fn a_chunked_body_is_limited() {
    let (resolver, _) = server(|_, _| {
        let chunk = format!("400\r\n{}\r\n", " ".repeat(0x400));
        let body = format!("{}{:x}\r\n{SESSION}\r\n0\r\n\r\n", chunk.repeat(4), SESSION.len());
        Some(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{body}"))
    })
    .await;
    let cookie = cookies("ory_kratos_session=a");
    assert!(is_active(&resolver, &cookie).await);
    let limited = resolver.with_body_limit(4 * 0x400);
    assert!(limited.resolve(&cookie, Freshness::Cached).await.unwrap_err().is_unavailable());
}

/// Callers that hang up on a probe would otherwise probe an unresponsive Kratos without a pause.
#[tokio::test]
async fn a_probe_outlives_its_request() {
    let calls = Arc::new(AtomicUsize::new(0));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        let mut silent = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            silent.push(stream);
        }
    });
    let breaker =
        CircuitBreaker::new().with_failure_threshold(1).with_open_duration(Duration::from_millis(50));
    let resolver =
        HttpResolver::new(&url).unwrap().with_timeout(Duration::from_millis(300)).with_breaker(breaker);
    let cookie = cookies("ory_kratos_session=a");
    assert!(resolver.resolve(&cookie, Freshness::Cached).await.unwrap_err().is_timeout());
    tokio::time::sleep(Duration::from_millis(60)).await;
    let before = calls.load(Ordering::SeqCst);
    for _ in 0..20 {
        let call = resolver.resolve(&cookie, Freshness::Cached);
        let _ = tokio::time::timeout(Duration::from_millis(5), call).await;
    }
    assert_eq!(calls.load(Ordering::SeqCst) - before, 1, "one probe, although every caller hangs up");
}

/// The cache at the edge of the Ory Network is bypassed.
#[tokio::test]
async fn a_live_call_accepts_no_cached_answer() {
    let (resolver, _) = server(|_, head| {
        Some(response(if head.contains("cache-control: max-age=0\r\n") { 200 } else { 401 }, SESSION))
    })
    .await;
    let cookie = cookies("ory_kratos_session=a");
    assert!(resolver.resolve(&cookie, Freshness::Live).await.is_ok());
    assert!(resolver.resolve(&cookie, Freshness::Cached).await.is_err(), "not Kratos' 401");
}

/// Kratos answers a browser's flow by cookie, and a native one by session token.
#[tokio::test]
async fn a_second_factor_is_looked_up_in_the_flow_of_the_credential() {
    let (resolver, _) = server(|_, head| {
        let (browser, api) =
            ("get /self-service/login/browser?aal=aal2 ", "get /self-service/login/api?aal=aal2 ");
        let fits = head.starts_with(if head.contains("cookie:") { browser } else { api });
        Some(response(if fits { 200 } else { 500 }, r#"{"ui":{"nodes":[]}}"#))
    })
    .await;
    for credential in [cookies("ory_kratos_session=a"), Credential::session_token("ory_st_a")] {
        let found = resolver.second_factor(&credential).await.unwrap();
        assert_eq!(found, crate::resolve::SecondFactor::NotEnrolled);
    }
}
