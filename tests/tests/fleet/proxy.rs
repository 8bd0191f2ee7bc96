//! A TCP proxy between a process and the engine, with faults.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

#[derive(Clone)]
pub(crate) struct Proxy(Arc<State>);

struct State {
    port: u16,
    upstream: AtomicU16,
    /// Milliseconds, or [`CUT`].
    delay: AtomicU64,
    /// Connections of an earlier number end.
    era: AtomicU64,
}

/// Bytes are taken and never passed on: a partition in which no side hears of it.
const CUT: u64 = u64::MAX;

impl Proxy {
    pub(crate) async fn start(upstream: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state =
            State { port, upstream: upstream.into(), delay: AtomicU64::new(0), era: AtomicU64::new(0) };
        let proxy = Self(Arc::new(state));
        let accepting = proxy.clone();
        tokio::spawn(async move {
            loop {
                let Ok((client, _)) = listener.accept().await else { continue };
                tokio::spawn(accepting.clone().connect(client));
            }
        });
        proxy
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port
    }

    pub(crate) fn set_upstream(&self, port: u16) {
        self.0.upstream.store(port, Ordering::SeqCst);
        self.0.era.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn set_delay(&self, delay: Duration) {
        self.0.delay.store(u64::try_from(delay.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn cut(&self) {
        self.0.delay.store(CUT, Ordering::SeqCst);
    }

    async fn connect(self, client: TcpStream) {
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.0.upstream.load(Ordering::SeqCst))).await
        else {
            return;
        };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
        let era = self.0.era.load(Ordering::SeqCst);
        let other = self.clone();
        tokio::spawn(async move { other.copy(from_server, to_client, era).await });
        self.copy(from_client, to_server, era).await;
    }

    async fn copy(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, era: u64) {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = tokio::time::timeout(Duration::from_millis(100), from.read(&mut buffer)).await;
            if self.0.era.load(Ordering::SeqCst) != era {
                return;
            }
            let Ok(read) = read else { continue };
            let Ok(length @ 1..) = read else { return };
            match self.0.delay.load(Ordering::SeqCst) {
                0 => {}
                CUT => continue,
                delay => tokio::time::sleep(Duration::from_millis(delay)).await,
            }
            if to.write_all(&buffer[..length]).await.is_err() {
                return;
            }
        }
    }
}
