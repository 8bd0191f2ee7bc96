//! A real server with several workers and one resolver.

use std::{
    collections::HashSet,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, ThreadId},
};

use actix_web::{App, HttpServer, dev::ServerHandle, web};
use kratos_actix::{Identity, Kratos, KratosMiddleware, Require};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::doubles::{Counting, linked};

type Threads = Arc<Mutex<HashSet<ThreadId>>>;

/// As an application is set up: `Kratos` outside of the closure that runs once a worker.
fn serve(sessions: Kratos, threads: Threads) -> io::Result<(SocketAddr, ServerHandle)> {
    let app = move || {
        let threads = Arc::clone(&threads);
        let handler = move |who: Identity| {
            threads.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id());
            async move { format!("hello, {}", who.id.as_u128()) }
        };
        App::new()
            .service(web::resource("/").get(handler).wrap(Require::signed_in()))
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    let server = HttpServer::new(app).workers(3).disable_signals().bind("127.0.0.1:0")?;
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    Ok((address, handle))
}

/// One request on a connection of its own, by hand: no client would send the bytes that tests need.
async fn ask(address: SocketAddr, headers: &[u8]) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: app\r\nconnection: close\r\n").await?;
    stream.write_all(headers).await?;
    stream.write_all(b"\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[actix_web::test]
async fn all_workers_share_one_resolver() -> io::Result<()> {
    let kratos = Counting::ada();
    let threads = Threads::default();
    let (address, server) = serve(linked(kratos.clone()), Arc::clone(&threads))?;
    for _ in 0..12 {
        let answer = ask(address, b"cookie: ory_kratos_session=MTcw\r\n").await?;
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello, 7"), "{answer}");
    }
    assert_eq!(threads.lock().unwrap_or_else(PoisonError::into_inner).len(), 3, "every worker had its turn");
    assert_eq!(kratos.calls(), 12, "one resolver heard all of them, once each");
    server.stop(false).await;
    Ok(())
}

#[actix_web::test]
async fn a_hostile_header_on_the_wire_stops_no_worker() -> io::Result<()> {
    let (address, server) = serve(linked(Counting::ada()), Threads::default())?;
    for _ in 0..6 {
        let answer =
            ask(address, b"cookie: \xff=\xff\r\nauthorization: Bearer \xff\r\nx-session-token: \xff\r\n")
                .await?;
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    }
    let answer = ask(address, b"cookie: ory_kratos_session=MTcw\r\n").await?;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    server.stop(false).await;
    Ok(())
}
