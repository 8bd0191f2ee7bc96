//! The application as a user of kratos-actix writes it, with two workers.

use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use actix_web::dev::ServerHandle;
use actix_web::web::{Data, Html, ServiceConfig, get, post, resource, scope};
use actix_web::{App, HttpServer, rt};
use kratos_actix::{Identity, KratosMiddleware, LoginFlow, Require, SettingsFlow, logout};
use kratos_ui::Theme;
use tokio::runtime::Handle;

use super::Parts;
use crate::crowd::FRESH;

const WORKERS: usize = 2;

/// A server on its own threads.
pub(crate) struct Running {
    pub(crate) url: String,
    handle: ServerHandle,
    workers: Arc<Mutex<Vec<Handle>>>,
}

impl Running {
    /// The runtimes of its workers. They do not count tasks that cannot leave their thread: actix-web's connections,
    /// which count as sockets instead.
    pub(crate) fn workers(&self) -> Vec<Handle> {
        self.workers.lock().expect("no panic").clone()
    }

    pub(crate) fn stop(self) {
        // The signal is sent at once; the future only waits for the server to stop.
        drop(self.handle.stop(false));
    }
}

/// Serves the application.
pub(crate) fn serve(parts: Parts) -> Running {
    let Parts { live, cached, token } = parts;
    let workers = Arc::<Mutex<Vec<Handle>>>::default();
    let known = Arc::clone(&workers);
    let app = move || {
        known.lock().expect("no panic").push(Handle::current());
        App::new()
            .app_data(Data::new(Theme::new()))
            .service(scope("/live").configure(pages).wrap(KratosMiddleware::new(live.clone())))
            .service(scope("/cached").configure(pages).wrap(KratosMiddleware::new(cached.clone())))
            .service(scope("/token").configure(pages).wrap(KratosMiddleware::new(token.clone())))
    };
    let (started, start) = mpsc::channel();
    thread::spawn(move || {
        rt::System::new().block_on(async move {
            let server = HttpServer::new(app).workers(WORKERS).disable_signals();
            let server = server.bind("127.0.0.1:0").expect("a port");
            let url = format!("http://{}", server.addrs()[0]);
            let server = server.run();
            started.send((url, server.handle())).expect("the receiver waits");
            server.await
        })
    });
    let (url, handle) = start.recv().expect("a server");
    while workers.lock().expect("no panic").len() < WORKERS {
        thread::yield_now();
    }
    Running { url, handle, workers }
}

fn pages(config: &mut ServiceConfig) {
    config
        .route("/open", get().to(async || "open"))
        .route("/me", get().to(me))
        .service(resource("/vault").get(me).wrap(Require::aal2()))
        .service(resource("/fresh").get(me).wrap(Require::authenticated_within(FRESH)))
        .route(
            "/login",
            get().to(async |flow: LoginFlow, theme: Data<Theme>| Html::new(theme.page(&*flow).into_html())),
        )
        .route(
            "/settings",
            get()
                .to(async |flow: SettingsFlow, theme: Data<Theme>| Html::new(theme.page(&*flow).into_html())),
        )
        .route("/logout", post().to(logout));
}

async fn me(who: Identity) -> String {
    who.id.to_string()
}
