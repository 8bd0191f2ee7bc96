//! A server in place of Kratos that keeps every byte it receives.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What it does with a request.
#[derive(Clone)]
pub(crate) enum Behaviour {
    /// Reads head and body, and answers with these bytes; `UPSTREAM` stands for its own URL.
    Answer(Vec<u8>),
    /// Reads what comes and never answers.
    Silence,
    /// Answers with a head, then with so many chunks of 64 KiB.
    Stream(usize),
    /// Closes the connection after the head.
    Close,
}

pub(crate) const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok";

pub(crate) struct Upstream {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    open: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Upstream {
    pub(crate) async fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let behaviour = match behaviour {
            Behaviour::Answer(answer) => {
                Behaviour::Answer(String::from_utf8_lossy(&answer).replace("UPSTREAM", &url).into_bytes())
            }
            other => other,
        };
        let (received, open) = (Arc::<Mutex<Vec<Vec<u8>>>>::default(), Arc::<AtomicUsize>::default());
        let (log, count) = (Arc::clone(&received), Arc::clone(&open));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, count, behaviour) = (Arc::clone(&log), Arc::clone(&count), behaviour.clone());
                count.fetch_add(1, Ordering::SeqCst);
                let place = {
                    let mut log = log.lock().unwrap();
                    log.push(Vec::new());
                    log.len() - 1
                };
                tokio::spawn(async move {
                    serve(stream, &log, place, &behaviour).await;
                    count.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, received, open, task }
    }

    pub(crate) async fn answering(answer: &str) -> Self {
        Self::start(Behaviour::Answer(answer.as_bytes().to_vec())).await
    }

    /// What each connection sent so far.
    pub(crate) fn received(&self) -> Vec<String> {
        let received = self.received.lock().unwrap();
        received.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }

    /// All that was sent.
    pub(crate) fn all(&self) -> String {
        self.received().concat()
    }

    /// The connections that are open now.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Vec<u8>>>, place: usize, behaviour: &Behaviour) {
    let mut request = Reading::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or_default();
        if read == 0 {
            return;
        }
        {
            let mut log = log.lock().unwrap();
            // A large upload is counted, and not kept.
            if log[place].len() < 256 * 1024 {
                log[place].extend_from_slice(&buffer[..read]);
            }
        }
        let is_whole = request.read(&buffer[..read]);
        let written = match behaviour {
            Behaviour::Close if request.has_head() || is_whole => return,
            Behaviour::Answer(answer) if is_whole => stream.write_all(answer).await,
            Behaviour::Stream(chunks) if is_whole => stream_chunks(&mut stream, *chunks).await,
            Behaviour::Silence | Behaviour::Close | Behaviour::Answer(_) | Behaviour::Stream(_) => continue,
        };
        if written.is_err() {
            return;
        }
    }
}

async fn stream_chunks(stream: &mut TcpStream, chunks: usize) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
    let data = vec![b'x'; 64 * 1024];
    for _ in 0..chunks {
        stream.write_all(b"10000\r\n").await?;
        stream.write_all(&data).await?;
        stream.write_all(b"\r\n").await?;
    }
    stream.write_all(b"0\r\n\r\n").await
}

/// A request that is being read. Its body is counted, and not kept.
#[derive(Default)]
struct Reading {
    head: Vec<u8>,
    body: usize,
    /// The last bytes.
    end: Vec<u8>,
}

const END: &[u8] = b"\r\n\r\n";

impl Reading {
    fn has_head(&self) -> bool {
        self.head.ends_with(END)
    }

    /// Reads on, and returns whether the request is whole; then the next one begins.
    fn read(&mut self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        if !self.has_head() {
            let known = self.head.len();
            self.head.extend_from_slice(bytes);
            let Some(place) = self.head.windows(END.len()).position(|end| end == END) else { return false };
            rest = &bytes[place + END.len() - known..];
            self.head.truncate(place + END.len());
        }
        self.body += rest.len();
        self.end.extend_from_slice(&rest[rest.len().saturating_sub(5)..]);
        self.end.drain(..self.end.len().saturating_sub(5));
        let head = String::from_utf8_lossy(&self.head).to_ascii_lowercase();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let is_whole = match length {
            _ if head.contains("transfer-encoding: chunked") => self.end == b"0\r\n\r\n",
            Some(length) => self.body >= length,
            None => true,
        };
        if is_whole {
            *self = Self::default();
        }
        is_whole
    }
}
