//! A server that misbehaves below HTTP.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

type Bytes = Arc<Vec<u8>>;

/// Its behaviour after a request.
#[derive(Clone, Debug)]
pub enum Act {
    /// A complete response; the connection stays open.
    Answer(Bytes),
    /// These bytes, then the end of the connection.
    Close(Bytes),
    /// These bytes, then a reset.
    Reset(Bytes),
    /// A reset while the request is being read.
    ResetReading,
    /// These bytes, then silence.
    Hang(Bytes),
    /// These bytes in a loop, one every 20 ms.
    Drip(Bytes),
    /// The first bytes once, then the second in a loop as fast as they are read, up to this number of bytes.
    Flood(Bytes, Bytes, usize),
}

/// The behaviour for each endpoint.
#[derive(Clone, Debug)]
pub struct Acts {
    pub whoami: Act,
    /// The AAL2 login flow, which reveals whether the user is enrolled in a second factor.
    pub probe: Act,
}

/// Counts of requests.
#[derive(Debug, Default)]
pub struct Counts {
    /// Requests so far.
    pub asked: AtomicUsize,
    /// Requests that wait for a response, and their maximum.
    pub open: AtomicUsize,
    pub peak: AtomicUsize,
}

/// A request that waits for a response.
struct Waiting(Arc<Counts>);

impl Waiting {
    fn one(counts: &Arc<Counts>) -> Self {
        counts.asked.fetch_add(1, Ordering::SeqCst);
        let open = counts.open.fetch_add(1, Ordering::SeqCst) + 1;
        counts.peak.fetch_max(open, Ordering::SeqCst);
        Self(Arc::clone(counts))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A listener. Dropping it closes all its connections.
pub struct Server {
    pub port: u16,
    pub counts: Arc<Counts>,
    task: JoinHandle<()>,
    acts: watch::Sender<Acts>,
}

impl Server {
    pub async fn start(acts: Acts) -> Self {
        Self::at(0, acts).await
    }

    /// Uses TLS.
    pub async fn with_tls(acts: Acts, tls: TlsAcceptor) -> Self {
        Self::open(0, acts, Some(tls))
    }

    /// Listens on the port of an earlier one.
    pub async fn at(port: u16, acts: Acts) -> Self {
        Self::open(port, acts, None)
    }

    fn open(port: u16, acts: Acts, tls: Option<TlsAcceptor>) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(([127, 0, 0, 1], port).into()).unwrap();
        let listener = socket.listen(1024).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (acts, told) = watch::channel(acts);
        let counts = Arc::<Counts>::default();
        let task = tokio::spawn(serve(listener, told, Arc::clone(&counts), tls));
        Self { port, counts, task, acts }
    }

    /// Changes the behaviour.
    pub fn change(&self, acts: Acts) {
        self.acts.send_replace(acts);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    listener: TcpListener,
    acts: watch::Receiver<Acts>,
    counts: Arc<Counts>,
    tls: Option<TlsAcceptor>,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let (acts, counts) = (acts.clone(), Arc::clone(&counts));
        match tls.clone() {
            None => connections.spawn(converse(stream, acts, counts)),
            Some(tls) => {
                connections.spawn(async move { converse(tls.accept(stream).await?, acts, counts).await })
            }
        };
        while connections.try_join_next().is_some() {}
    }
}

/// The stream of a connection.
trait Wire: AsyncRead + AsyncWrite + Unpin {
    /// Makes the end of the connection a reset.
    fn reset(&self) -> io::Result<()>;
}

impl Wire for TcpStream {
    fn reset(&self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

impl Wire for TlsStream<TcpStream> {
    fn reset(&self) -> io::Result<()> {
        self.get_ref().0.set_zero_linger()
    }
}

async fn converse(mut stream: impl Wire, acts: watch::Receiver<Acts>, counts: Arc<Counts>) -> io::Result<()> {
    loop {
        let resets = matches!(acts.borrow().whoami, Act::ResetReading);
        let Some(head) = read(&mut stream, if resets { 16 } else { usize::MAX }).await? else {
            return Ok(());
        };
        let _waiting = Waiting::one(&counts);
        let act = {
            let acts = acts.borrow();
            if head.starts_with(b"GET /self-service/") { acts.probe.clone() } else { acts.whoami.clone() }
        };
        match act {
            Act::Answer(bytes) => stream.write_all(&bytes).await?,
            Act::Close(bytes) => return stream.write_all(&bytes).await,
            Act::Reset(bytes) => {
                stream.write_all(&bytes).await?;
                // Leaves time for the bytes to be read.
                tokio::time::sleep(Duration::from_millis(5)).await;
                return stream.reset();
            }
            Act::ResetReading => return stream.reset(),
            Act::Hang(bytes) => {
                stream.write_all(&bytes).await?;
                // Until the peer disconnects.
                let _ = stream.read(&mut [0]).await?;
                return Ok(());
            }
            Act::Drip(bytes) => loop {
                for byte in bytes.iter() {
                    stream.write_all(&[*byte]).await?;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            },
            Act::Flood(first, again, most) => {
                stream.write_all(&first).await?;
                for _ in 0..most / again.len() {
                    stream.write_all(&again).await?;
                }
                return Ok(());
            }
        }
    }
}

/// Reads the head of a request, or its first bytes. `None` if the peer is done.
async fn read(stream: &mut impl Wire, enough: usize) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let most = enough.min(buffer.len());
        let read = stream.read(&mut buffer[..most]).await?;
        if read == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&buffer[..read]);
        // A TLS hello has no such end: any bytes suffice.
        let is_http = head.starts_with(b"GET");
        if head.len() >= enough || !is_http || head.windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(Some(head));
        }
    }
}

/// A port that never accepts: its queue is full, so the next connection waits forever.
pub async fn never_accepting() -> (u16, Vec<TcpStream>, TcpListener) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) =
        tokio::time::timeout(Duration::from_millis(300), TcpStream::connect(address)).await
    {
        waiting.push(stream);
        assert!(waiting.len() < 100, "this system does not limit its queues");
    }
    (address.port(), waiting, listener)
}
