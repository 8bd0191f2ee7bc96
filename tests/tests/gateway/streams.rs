//! Bodies pass without being kept, and end with those who send or read them.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::MEMORY;
use crate::apps::Served;
use crate::raw;
use crate::upstream::{Behaviour, OK, Upstream};

/// 100 MiB in chunks of 64 KiB.
const CHUNKS: usize = 1600;
/// Far above the buffers of two connections, far below what passes.
const FLAT: usize = 16 * 1024 * 1024;

/// Both directions in one test: the bytes in use are those of the whole process.
#[tokio::test]
async fn a_hundred_megabytes_pass_in_flat_memory() {
    let upstream = Upstream::start(Behaviour::Stream(CHUNKS)).await;
    for app in Served::both(&upstream.url, |gateway| gateway).await {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let request = "GET /.ory/kratos/schemas HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let before = MEMORY.allocated();
        let (mut total, mut most, mut buffer) = (0, 0, vec![0; 256 * 1024]);
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            if read == 0 {
                break;
            }
            total += read;
            most = most.max(MEMORY.allocated().saturating_sub(before));
        }
        assert!(total > CHUNKS * 64 * 1024, "{}: {total} bytes", app.name);
        assert!(most < FLAT, "{}: {most} bytes more in use", app.name);
    }
    let upstream = Upstream::answering(OK).await;
    for app in Served::both(&upstream.url, |gateway| gateway.with_body_limit(u64::MAX)).await {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let length = CHUNKS * 64 * 1024;
        let head = format!(
            "POST /.ory/kratos/self-service/settings HTTP/1.1\r\nHost: app\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let before = MEMORY.allocated();
        let (chunk, mut most) = (vec![b'x'; 64 * 1024], 0);
        for _ in 0..CHUNKS {
            stream.write_all(&chunk).await.unwrap();
            most = most.max(MEMORY.allocated().saturating_sub(before));
        }
        assert_eq!(raw::read(&mut stream).await.status, 200, "{}", app.name);
        assert!(most < FLAT, "{}: {most} bytes more in use", app.name);
    }
}

#[tokio::test]
async fn a_slow_body_is_408_and_an_aborted_one_leaves_nothing() {
    let upstream = Upstream::answering(OK).await;
    let slow = Duration::from_millis(200);
    let set = move |gateway: kratos_tower::gateway::Gateway| gateway.with_upload_timeout(slow);
    let kratos = crate::apps::kratos(&upstream.url);
    for app in [Served::axum(&kratos, set).await, Served::actix(&kratos, set).await] {
        let head = "POST /.ory/kratos/self-service/login HTTP/1.1\r\nHost: app\r\nContent-Length: 500\r\nConnection: close\r\n\r\n";
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(b"method=").await.unwrap();
        let answered = raw::read(&mut stream).await;
        assert_eq!(answered.status, 408, "{}: {answered:?}", app.name);

        let mut aborted = TcpStream::connect(app.address).await.unwrap();
        aborted.write_all(head.as_bytes()).await.unwrap();
        aborted.write_all(b"method=").await.unwrap();
        drop(aborted);
        none_open(&upstream, app.name).await;
    }
}

/// A client that leaves in the middle of a response ends the call to Kratos.
#[tokio::test]
async fn a_client_that_leaves_ends_the_call() {
    let upstream = Upstream::start(Behaviour::Stream(CHUNKS)).await;
    for app in Served::both(&upstream.url, |gateway| gateway).await {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(b"GET /.ory/kratos/schemas HTTP/1.1\r\nHost: app\r\n\r\n").await.unwrap();
        let mut buffer = [0; 1024];
        stream.read_exact(&mut buffer).await.unwrap();
        drop(stream);
        none_open(&upstream, app.name).await;
    }
}

/// Waits until no connection to the upstream is left.
pub(crate) async fn none_open(upstream: &Upstream, name: &str) {
    let since = Instant::now();
    while upstream.open() > 0 {
        assert!(
            since.elapsed() < Duration::from_secs(20),
            "{name}: {} connections are left",
            upstream.open()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
