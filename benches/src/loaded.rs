//! Servers on loopback under load.

use actix_web::{App, HttpServer, web::get};
use axum::{Router, routing};
use kratos_actix::KratosMiddleware;
use kratos_axum::{KratosLayer, Session};
use tower::{Layer as _, make::Shared};

use crate::{
    alternate::{self, Measured, Subject},
    fixture::{self, HELLO},
    load::Load,
    server,
};

pub const UNGUARDED: &str = "axum, unguarded";
pub const GUARDED: &str = "axum, guarded, cached";
pub const LAZY: &str = "axum, public under KratosLayer";
pub const ACTIX: &str = "actix, unguarded";
pub const ACTIX_GUARDED: &str = "actix, guarded, cached";

const CONNECTIONS: usize = 16;

pub fn measure() -> Vec<Measured> {
    let hello = || Router::new().route("/account", routing::get(async || HELLO));
    let greeting = Router::new().route("/account", routing::get(async |_: Session| HELLO));
    let guarded = KratosLayer::new(fixture::cached()).layer(greeting);
    let lazy = KratosLayer::new(fixture::cached()).layer(hello());
    let unguarded = hello();
    let addresses = [
        (UNGUARDED, server::in_its_own_thread(async |on| axum::serve(on, unguarded).await.unwrap())),
        (GUARDED, server::in_its_own_thread(async |on| axum::serve(on, Shared::new(guarded)).await.unwrap())),
        (LAZY, server::in_its_own_thread(async |on| axum::serve(on, Shared::new(lazy)).await.unwrap())),
        (ACTIX, actix(false)),
        (ACTIX_GUARDED, actix(true)),
    ];
    let headers = fixture::with_cookie();
    let mut loads: Vec<(&'static str, Load)> = addresses
        .into_iter()
        .map(|(name, address)| (name, Load::open(address, "/account", &headers, CONNECTIONS)))
        .collect();
    let subjects =
        loads.iter_mut().map(|(name, load)| Subject::timed(name, |times| load.burst(times))).collect();
    alternate::alternate(subjects, 120, 1600)
}

fn actix(guarded: bool) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let sessions = fixture::cached();
            let server = if guarded {
                let app = move || {
                    let handler = get().to(async |_: kratos_actix::Session| HELLO);
                    App::new().route("/account", handler).wrap(KratosMiddleware::new(sessions.clone()))
                };
                HttpServer::new(app).workers(1).listen(listener).unwrap().run()
            } else {
                let app = || App::new().route("/account", get().to(async || HELLO));
                HttpServer::new(app).workers(1).listen(listener).unwrap().run()
            };
            server.await.unwrap();
        });
    });
    address
}
