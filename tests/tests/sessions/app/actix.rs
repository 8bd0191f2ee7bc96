//! The application as a user of kratos-actix writes it, on a server with several workers.

use super::{FRESH, Named, NoTemplate, Person, Ship};
use actix_web::dev::ServerHandle;
use actix_web::web::{Json, get, resource, scope};
use actix_web::{App, HttpServer, rt};
use kratos_actix::{Identity, Jwt, Kratos, KratosMiddleware, Optional, Require, Session, Traits};
use kratos_core::model;
use kratos_core::policy::Requirement;
use std::sync::mpsc;
use std::thread;

/// A server on its own threads. It stops when dropped.
pub(super) struct Running(ServerHandle);

impl Drop for Running {
    fn drop(&mut self) {
        // The signal is sent at once; the future only waits for the server to stop.
        drop(self.0.stop(false));
    }
}

/// Serves the application until [`Running`] is dropped.
pub(super) fn serve(sessions: Kratos) -> (String, Running) {
    let app = move || {
        App::new()
            .route("/open", get().to(async || "open"))
            .route("/maybe", get().to(maybe))
            .service(resource("/me").get(me).post(me))
            .route("/session", get().to(async |session: Session| Json(model::Session::clone(&session))))
            .route("/traits", get().to(traits))
            .route("/ship", get().to(async |_: Traits<Ship>| "ahoy"))
            .service(resource("/vault").get(async || "aal2").wrap(Require::aal2()))
            .service(resource("/fresh").get(async || "fresh").wrap(Require::authenticated_within(FRESH)))
            .service(resource("/live").get(async || "live").wrap(Require::new(live())))
            .route("/token", get().to(async |token: Jwt<Named>| token.expose_secret().to_owned()))
            .route("/no-token", get().to(async |_: Jwt<NoTemplate>| "a token"))
            .service(resource("/verified").get(async || "verified").wrap(Require::verified_address()))
            .service(resource("/login").get(async || "login").wrap(Require::signed_out()))
            .service(scope("/deep").route("/me", get().to(me)))
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    let (started, start) = mpsc::channel();
    thread::spawn(move || {
        rt::System::new().block_on(async move {
            let server = HttpServer::new(app).workers(2).disable_signals().bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", server.addrs()[0]);
            let server = server.run();
            started.send((url, Running(server.handle()))).unwrap();
            server.await
        })
    });
    start.recv().unwrap()
}

fn live() -> Requirement {
    Requirement::signed_in().with_live_session()
}

async fn maybe(Optional(who): Optional<Identity>) -> String {
    who.map_or("anonymous".to_owned(), |who| who.id.to_string())
}

async fn me(who: Identity) -> String {
    who.id.to_string()
}

async fn traits(Traits(who): Traits<Person>) -> String {
    format!("{} {}", who.name.first, who.email)
}
