//! A whoami over loopback that always gives the same answer, as fast as hyper can: what is measured against it is
//! the way there and back, and what is done with the answer.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{Response, header};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::fixture::SESSION;

/// A Kratos that knows one session, in a thread of its own.
pub struct Upstream {
    pub url: String,
    calls: Arc<AtomicUsize>,
}

impl Upstream {
    pub fn start() -> Self {
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        let address = crate::server::in_its_own_thread(async |listener| serve(listener, counter).await);
        Self { url: format!("http://{address}"), calls }
    }

    /// How often it was asked.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

async fn serve(listener: TcpListener, calls: Arc<AtomicUsize>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let calls = Arc::clone(&calls);
        tokio::spawn(async move {
            let answer = service_fn(|_: http::Request<Incoming>| {
                calls.fetch_add(1, Ordering::SeqCst);
                let answer = Response::builder()
                    .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
                    .header(header::CACHE_CONTROL, "private, no-cache, no-store, must-revalidate")
                    .header("X-Kratos-Authenticated-Identity-Id", "9ebc7ddf-0d64-4a4f-8163-b9597344e66d")
                    .body(Full::new(Bytes::from_static(SESSION.as_bytes())));
                async { answer }
            });
            // A client that goes away is none of its business.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}
