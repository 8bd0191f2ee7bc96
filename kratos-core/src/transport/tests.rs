//! The body limit, and the proxy of the environment.

use std::{process::Command, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{BODY_LIMIT, Transport, TransportFailure};

/// The server announces a body above the limit and never sends it: reading it would take until the timeout.
#[tokio::test]
async fn a_body_announced_above_the_limit_is_not_read() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut start = [0; 16];
        stream.read_exact(&mut start).await.unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", BODY_LIMIT + 1);
        stream.write_all(head.as_bytes()).await.unwrap();
        // The client closes the connection.
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    });
    let transport = Transport::new().unwrap().with_timeout(Duration::from_secs(20));
    let failure = transport.send(transport.request(http::Method::GET, url)).await.unwrap_err();
    assert!(matches!(failure, TransportFailure::TooLarge { limit: BODY_LIMIT }), "{failure:?}");
    server.await.unwrap();
}

/// The timeout that ends first holds: that of the call, or that of a client of the application.
#[tokio::test]
async fn a_call_times_out_by_either_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: url::Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let (short, long) = (Duration::from_millis(50), Duration::from_secs(60));
    for (client, call) in [(short, long), (long, short)] {
        let client = reqwest::Client::builder().timeout(client).no_proxy().build().unwrap();
        let transport = Transport::new().unwrap().with_client(client).with_timeout(call);
        let request = || transport.request(http::Method::GET, url.clone());
        for failure in
            [transport.send(request()).await.unwrap_err(), transport.send_safe(request()).await.unwrap_err()]
        {
            assert!(matches!(failure, TransportFailure::Timeout(_)), "{failure:?}");
        }
    }
}

/// Answers every request on a loopback port with `body`.
async fn serve(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await;
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
    });
    url
}

/// The target that the child process of the proxy tests calls.
const TARGET: &str = "KRATOS_CORE_PROXY_TEST_TARGET";

/// Runs the test `name` of this binary in a process of its own, with a proxy in the environment. The environment is
/// shared by all tests of a process, and changing it is unsafe.
async fn with_proxy_in_the_environment(name: &str) {
    let (target, proxy) = (serve("target").await, serve("proxy").await);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", &format!("transport::tests::{name}"), "--ignored"]);
    child.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD").env(TARGET, target);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(variable, &proxy);
    }
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}");
}

/// Returns who answers a call to the target: `target` or `proxy`.
async fn answered_by(transport: Transport) -> String {
    let url = std::env::var(TARGET).unwrap().parse().unwrap();
    let reply = transport.send(transport.request(http::Method::GET, url)).await.unwrap();
    String::from_utf8(reply.body.to_vec()).unwrap()
}

#[tokio::test]
async fn the_proxy_of_the_environment_is_not_used() {
    with_proxy_in_the_environment("child_without_environment_proxy").await;
}

#[tokio::test]
#[ignore = "runs in a child process of the test above"]
async fn child_without_environment_proxy() {
    let transport = Transport::new().unwrap();
    assert_eq!(answered_by(transport.clone()).await, "target");
    let rebuilt = transport.with_connect_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(answered_by(rebuilt).await, "target");
    // The environment does name the proxy: a client with reqwest's defaults calls it.
    let default = Transport::new().unwrap().with_client(reqwest::Client::new());
    assert_eq!(answered_by(default).await, "proxy");
}

#[cfg(feature = "system-proxy")]
#[tokio::test]
async fn the_proxy_of_the_environment_is_used_on_request() {
    with_proxy_in_the_environment("child_with_environment_proxy").await;
}

#[cfg(feature = "system-proxy")]
#[tokio::test]
#[ignore = "runs in a child process of the test above"]
async fn child_with_environment_proxy() {
    let transport = Transport::new().unwrap().with_environment_proxy().unwrap();
    assert_eq!(answered_by(transport.clone()).await, "proxy");
    let rebuilt = transport.with_connect_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(answered_by(rebuilt).await, "proxy");
}
