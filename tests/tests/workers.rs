//! Several actix-web workers before one Kratos. Each worker has its own runtime and all share one resolver, so that
//! they use each other's connections.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot continue has failed")]

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use actix_web::{App, HttpServer, rt, web};
use kratos_actix::{Identity, Kratos, KratosMiddleware};
use kratos_core::resolve::HttpResolver;
use kratos_testkit::TestKratos;
use kratos_tests::http::client;

const WORKERS: usize = 4;
const PEOPLE: usize = 8;
const REQUESTS: usize = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_requests_use_all_workers_and_get_their_own_identity() {
    let kratos = TestKratos::start().await.unwrap();
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos.public_url()).unwrap());
    let threads = Arc::<Mutex<HashSet<_>>>::default();

    let seen = Arc::clone(&threads);
    let app = move || {
        let seen = Arc::clone(&seen);
        let me = move |who: Identity| {
            seen.lock().unwrap().insert(thread::current().id());
            async move { who.id.to_string() }
        };
        App::new().route("/me", web::get().to(me)).wrap(KratosMiddleware::new(sessions.clone()))
    };
    let (started, start) = mpsc::channel();
    let server = thread::spawn(move || {
        rt::System::new().block_on(async move {
            let server = HttpServer::new(app).workers(WORKERS).disable_signals().bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}/me", server.addrs()[0]);
            let server = server.run();
            started.send((url, server.handle())).unwrap();
            server.await
        })
    });
    let (url, handle) = start.recv().unwrap();

    let crowd = (0..PEOPLE).map(|number| {
        let person = kratos.identity(&format!("person-{number}@example.org")).create();
        let (session, url) = (kratos.session(&person).create(), url.clone());
        tokio::spawn(async move {
            for _ in 0..REQUESTS {
                let answer = client().get(&url).header("cookie", session.cookie()).send().await.unwrap();
                let told = (answer.status().as_u16(), answer.text().await.unwrap());
                assert_eq!(told, (200, person.id.to_string()));
            }
        })
    });
    for person in crowd.collect::<Vec<_>>() {
        person.await.unwrap();
    }
    assert_eq!(kratos.count("/sessions/whoami"), PEOPLE * REQUESTS, "one call per request");
    assert_eq!(threads.lock().unwrap().len(), WORKERS, "every worker was used");
    handle.stop(true).await;
    server.join().unwrap().unwrap();
}
