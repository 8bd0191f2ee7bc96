//! The sockets: loopback only, closed when dropped.

use std::error::Error;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::body::Body;
use http::{Request, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::wire::call::Peer;

/// A listener that serves until dropped.
#[derive(Debug)]
pub(crate) struct Listening(JoinHandle<()>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Binds a port on 127.0.0.1; 0 selects a free one.
pub(crate) async fn bind(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves what this function answers.
pub(crate) fn listen<F, E>(
    listener: TcpListener,
    answer: impl Fn(Request<Body>) -> F + Clone + Send + Sync + 'static,
) -> Listening
where
    F: Future<Output = Result<Response<Body>, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    Listening(tokio::spawn(async move {
        // aborted together with this task
        let mut connections = JoinSet::new();
        while let Ok((stream, peer)) = listener.accept().await {
            while connections.try_join_next().is_some() {}
            connections.spawn(serve(stream, peer, answer.clone()));
        }
    }))
}

async fn serve<F, E>(stream: TcpStream, peer: SocketAddr, answer: impl Fn(Request<Body>) -> F)
where
    F: Future<Output = Result<Response<Body>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let answer = service_fn(move |request: Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.to_string()));
        answer(request)
    });
    // ignores errors: the caller closed the connection, or a fault dropped it
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
}
