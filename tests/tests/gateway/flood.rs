//! A Kratos that never answers, and a thousand browsers that wait for it.

use std::time::Duration;

use kratos_tower::gateway::Gateway;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::apps::{Served, kratos};
use crate::raw;
use crate::streams::none_open;
use crate::upstream::{Behaviour, Upstream};

const BROWSERS: usize = 1000;

/// At most so many calls hang as may be in flight; the rest is refused at once. When the browsers leave, nothing is left: at
/// once in axum, and after the timeout in actix-web, which lets a handler run on when its client has left.
#[tokio::test]
async fn a_thousand_hanging_calls_leave_no_task_and_no_socket() {
    let axum = |gateway: Gateway| gateway.with_max_in_flight(100, 10);
    let actix = |gateway: Gateway| gateway.with_max_in_flight(100, 10).with_timeout(Duration::from_secs(8));
    let upstream = Upstream::start(Behaviour::Silence).await;
    let kratos = kratos(&upstream.url);
    for app in [Served::axum(&kratos, axum).await, Served::actix(&kratos, actix).await] {
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let mut browsers = JoinSet::new();
        for _ in 0..BROWSERS {
            let address = app.address;
            browsers.spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                let request = "GET /.ory/kratos/sessions/whoami HTTP/1.1\r\nHost: app\r\n\r\n";
                stream.write_all(request.as_bytes()).await.unwrap();
                raw::read(&mut stream).await.status
            });
        }
        // All but those in flight are refused.
        for refused in 0..BROWSERS - 100 {
            let status = browsers.join_next().await.unwrap().unwrap();
            assert_eq!(status, 503, "{}, after {refused}", app.name);
        }
        assert_eq!(upstream.open(), 100, "{}", app.name);
        browsers.abort_all();
        while browsers.join_next().await.is_some() {}
        none_open(&upstream, app.name).await;
        let settled = async {
            while tokio::runtime::Handle::current().metrics().num_alive_tasks() > tasks {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let left = tokio::runtime::Handle::current().metrics();
        let in_time = tokio::time::timeout(Duration::from_secs(20), settled).await;
        assert!(in_time.is_ok(), "{}: {} tasks, {tasks} before", app.name, left.num_alive_tasks());
    }
}

/// As many as the application allows: a thousand connections to Kratos hang, and none is left of them either.
#[tokio::test]
async fn a_thousand_hanging_connections_to_kratos_end_with_their_callers() {
    let upstream = Upstream::start(Behaviour::Silence).await;
    let set = |gateway: Gateway| gateway.with_max_in_flight(BROWSERS, 10);
    let app = Served::axum(&kratos(&upstream.url), set).await;
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let mut browsers = Vec::new();
    for _ in 0..BROWSERS {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(b"GET /.ory/kratos/sessions/whoami HTTP/1.1\r\nHost: app\r\n\r\n").await.unwrap();
        browsers.push(stream);
    }
    let reached = async {
        while upstream.open() < BROWSERS {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(20), reached).await.is_ok(), "{}", upstream.open());
    drop(browsers);
    none_open(&upstream, app.name).await;
    let settled = async {
        while tokio::runtime::Handle::current().metrics().num_alive_tasks() > tasks {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(20), settled).await.is_ok(), "tasks are left");
}

/// Kratos' silence opens the circuit that guards share, and the gateway answers for it; a client's silence does not.
#[tokio::test]
async fn silence_opens_the_one_circuit() {
    use kratos_axum::resolve::CircuitBreaker;
    let upstream = Upstream::start(Behaviour::Silence).await;
    let breaker =
        CircuitBreaker::new().with_failure_threshold(3).with_open_duration(Duration::from_secs(3600));
    let kratos = kratos(&upstream.url).with_breaker(breaker);
    let set = |gateway: Gateway| {
        gateway.with_timeout(Duration::from_millis(100)).with_upload_timeout(Duration::from_millis(50))
    };
    let app = Served::axum(&kratos, set).await;
    let slow = "POST /.ory/kratos/self-service/login HTTP/1.1\r\nHost: app\r\nContent-Length: 9\r\nConnection: close\r\n\r\n";
    for _ in 0..4 {
        assert_eq!(raw::send(app.address, slow.as_bytes()).await.status, 408, "the client's doing");
    }
    for expected in [504, 504, 504, 503, 503] {
        let answered = raw::get(app.address, "/.ory/kratos/sessions/whoami", "").await;
        assert_eq!(answered.status, expected, "{answered:?}");
        assert_eq!(answered.all("retry-after").len(), usize::from(expected == 503), "{answered:?}");
    }
}
