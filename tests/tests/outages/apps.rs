//! The two applications on ports, each before the same Kratos.

use std::{sync::mpsc, thread, time::Duration};

use actix_web::{App, HttpServer, dev::ServerHandle, rt, web};
use axum::{Router, routing::get};
use kratos_core::{
    Kratos,
    policy::Requirement,
    resolve::{CachingResolver, HttpResolver},
};
use kratos_tests::lab::Server;

/// The application's setup.
pub fn sessions(server: &Server) -> Kratos {
    let kratos = HttpResolver::new(&server.public_url).unwrap();
    Kratos::from_resolver(CachingResolver::new(kratos, Duration::from_millis(200)))
}

fn live() -> Requirement {
    Requirement::signed_in().with_live_session()
}

pub async fn axum(sessions: Kratos) -> String {
    let app = Router::new()
        .route("/me", get(async |who: kratos_axum::Identity| who.id.to_string()))
        .route("/vault", get(async || "open").layer(kratos_axum::RequireLayer::aal2()))
        .route(
            "/live",
            get(async |who: kratos_axum::Identity| who.id.to_string())
                .layer(kratos_axum::RequireLayer::new(live())),
        )
        .layer(kratos_axum::KratosLayer::new(sessions));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Stops when dropped.
pub struct Actix(ServerHandle);

impl Drop for Actix {
    fn drop(&mut self) {
        drop(self.0.stop(false));
    }
}

pub fn actix(sessions: Kratos) -> (String, Actix) {
    let app = move || {
        let name = async |who: kratos_actix::Identity| who.id.to_string();
        App::new()
            .route("/me", web::get().to(name))
            .service(web::resource("/vault").get(async || "open").wrap(kratos_actix::Require::aal2()))
            .service(web::resource("/live").get(name).wrap(kratos_actix::Require::new(live())))
            .wrap(kratos_actix::KratosMiddleware::new(sessions.clone()))
    };
    let (started, start) = mpsc::channel();
    thread::spawn(move || {
        rt::System::new().block_on(async move {
            let server = HttpServer::new(app).workers(2).disable_signals().bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", server.addrs()[0]);
            let server = server.run();
            started.send((url, Actix(server.handle()))).unwrap();
            server.await
        })
    });
    start.recv().unwrap()
}
