//! A client that keeps connections open and asks the same again and again, doing as little as it can by itself.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use http::HeaderMap;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    runtime::Runtime,
};

/// Connections to one server, and what is asked of it.
pub struct Load {
    runtime: Runtime,
    connections: Vec<TcpStream>,
    request: Vec<u8>,
    /// How long each answer is: all are the same.
    answer: usize,
}

impl Load {
    /// Opens the connections and asks once by each.
    pub fn open(address: SocketAddr, path: &str, headers: &HeaderMap, connections: usize) -> Self {
        let mut request = format!("GET {path} HTTP/1.1\r\n").into_bytes();
        for (name, value) in headers {
            request.extend_from_slice(name.as_str().as_bytes());
            request.extend_from_slice(b": ");
            request.extend_from_slice(value.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (connections, answer) = runtime.block_on(async {
            let mut open = Vec::new();
            let mut answer = 0;
            for _ in 0..connections {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                answer = first_answer(&mut stream, &request).await;
                open.push(stream);
            }
            (open, answer)
        });
        Self { runtime, connections, request, answer }
    }

    /// How long `times` requests take, spread over all connections.
    pub fn burst(&mut self, times: usize) -> Duration {
        let each = times.div_ceil(self.connections.len());
        let (request, answer) = (&self.request, self.answer);
        let start = Instant::now();
        self.runtime.block_on(join_all(self.connections.iter_mut().map(|stream| async move {
            let mut buffer = vec![0; answer];
            for _ in 0..each {
                stream.write_all(request).await.unwrap();
                stream.read_exact(&mut buffer).await.unwrap();
                assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer));
            }
        })));
        start.elapsed()
    }
}

/// Asks once, and says how long the answer is: it ends with the greeting.
async fn first_answer(stream: &mut TcpStream, request: &[u8]) -> usize {
    let mut answer = vec![0; 4096];
    let mut length = 0;
    stream.write_all(request).await.unwrap();
    while !answer[..length].ends_with(crate::fixture::HELLO.as_bytes()) {
        let read = stream.read(&mut answer[length..]).await.unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&answer[..length]));
        length += read;
    }
    length
}
