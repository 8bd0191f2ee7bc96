//! Requests as bytes.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A response as bytes.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Answered {
    /// The values of a header, in order.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    pub(crate) fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default()
    }
}

/// Sends bytes and reads until the server closes the connection, or pauses after a whole head.
pub(crate) async fn send(address: SocketAddr, request: &[u8]) -> Answered {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server may refuse before it has read everything.
    let _ = stream.write_all(request).await;
    read(&mut stream).await
}

pub(crate) async fn read(stream: &mut TcpStream) -> Answered {
    let mut text = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let pause = if text.is_empty() { Duration::from_secs(30) } else { Duration::from_millis(200) };
        match tokio::time::timeout(pause, stream.read(&mut buffer)).await {
            Ok(Ok(read)) if read > 0 => text.extend_from_slice(&buffer[..read]),
            _ => break,
        }
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    // Skips interim responses.
    let text = text.strip_prefix("HTTP/1.1 100 Continue\r\n\r\n").map(str::to_owned).unwrap_or(text);
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answered { status, text }
}

pub(crate) async fn get(address: SocketAddr, path: &str, headers: &str) -> Answered {
    send(
        address,
        format!("GET {path} HTTP/1.1\r\nHost: app\r\n{headers}Connection: close\r\n\r\n").as_bytes(),
    )
    .await
}
