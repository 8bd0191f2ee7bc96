//! What is refused before it is read.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{BODY_LIMIT, Transport, TransportFailure};

/// A body that announces more than the limit and never comes: whoever read it would wait for it until the timeout.
#[tokio::test]
async fn a_body_that_announces_too_much_is_not_read() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = [0; 16];
        stream.read_exact(&mut asked).await.unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", BODY_LIMIT + 1);
        stream.write_all(head.as_bytes()).await.unwrap();
        // The connection is of no use any more, and is closed.
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    });
    let transport = Transport::new().unwrap().with_timeout(Duration::from_secs(20));
    let failure = transport.send(transport.request(http::Method::GET, url)).await.unwrap_err();
    assert!(matches!(failure, TransportFailure::TooLarge { limit: BODY_LIMIT }), "{failure:?}");
    server.await.unwrap();
}
