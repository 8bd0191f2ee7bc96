//! Servers on loopback, each in a thread of its own that lives as long as the program.

use std::{future::Future, net::SocketAddr, sync::mpsc};

use tokio::net::TcpListener;

/// Serves on a free port, on a runtime of one thread.
pub fn in_its_own_thread<F: Future<Output = ()>>(
    serve: impl FnOnce(TcpListener) -> F + Send + 'static,
) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            serve(listener).await;
        });
    });
    told.recv().unwrap()
}
