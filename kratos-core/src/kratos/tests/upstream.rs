//! An HTTP server on a loopback port in place of Kratos.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A response of whoami with a session.
pub(crate) const SESSION: &str = r#"{"id":"9f425a8d-7efc-4768-8f23-7647a74fdf13","active":true,
    "expires_at":"3000-01-01T00:00:00Z","identity":{"id":"9ebc7ddf-0d64-4a4f-8163-b9597344e66d","traits":{}}}"#;

/// Answers the `n`-th request by status and body, and stops when dropped. The status 0 never answers.
pub(crate) struct Upstream {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Upstream {
    pub(crate) async fn start(answer: impl Fn(usize) -> (u16, String) + Send + Sync + 'static) -> Self {
        Self::routed(move |number, _| {
            let (status, body) = answer(number);
            (status, String::new(), body)
        })
        .await
    }

    /// Answers the `n`-th request with this head by status, further header lines and body.
    pub(crate) async fn routed(
        answer: impl Fn(usize, &str) -> (u16, String, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&answer)));
            }
        });
        Self { url, asked, task }
    }

    /// The request lines so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    log: Arc<Mutex<Vec<String>>>,
    answer: Arc<impl Fn(usize, &str) -> (u16, String, String)>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().next().unwrap().to_owned();
    let number = {
        let mut log = log.lock().unwrap();
        log.push(line);
        log.len() - 1
    };
    let (status, more, body) = answer(number, &head);
    if status == 0 {
        return std::future::pending().await;
    }
    let head =
        format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n{more}");
    let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
}
