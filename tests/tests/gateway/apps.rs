//! An application of each framework with a gateway.

use std::net::SocketAddr;

use actix_web::{App, HttpServer, dev::ServerHandle, web};
use axum::{Router, routing::get};
use kratos_actix::gateway::{Gateway, scope};
use kratos_axum::{Kratos, gateway};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running application.
pub(crate) struct Served {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    axum: Option<JoinHandle<()>>,
    actix: Option<ServerHandle>,
}

pub(crate) type Settings = fn(Gateway) -> Gateway;

impl Served {
    pub(crate) async fn axum(kratos: &Kratos, set: impl FnOnce(Gateway) -> Gateway) -> Self {
        let gateway = set(gateway::service(kratos).unwrap());
        let app = Router::new().route("/", get(async || "app")).nest_service("/.ory/kratos", gateway);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { name: "axum", address, axum: Some(task), actix: None }
    }

    pub(crate) async fn actix(kratos: &Kratos, set: impl FnOnce(Gateway) -> Gateway) -> Self {
        let gateway = set(Gateway::new(kratos).unwrap());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = HttpServer::new(move || {
            App::new().route("/", web::get().to(async || "app")).service(scope(&gateway))
        });
        let server = server.workers(1).disable_signals().shutdown_timeout(0).listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { name: "actix", address, axum: None, actix: Some(handle) }
    }

    /// Both frameworks, on a Kratos at this URL.
    pub(crate) async fn both(url: &str, set: Settings) -> [Self; 2] {
        let kratos = kratos(url);
        [Self::axum(&kratos, set).await, Self::actix(&kratos, set).await]
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(task) = &self.axum {
            task.abort();
        }
        if let Some(handle) = self.actix.take() {
            drop(handle.stop(false));
        }
    }
}

pub(crate) fn kratos(url: &str) -> Kratos {
    let kratos = Kratos::new(url).unwrap().with_app("https://example.org").unwrap();
    kratos.with_browser_url("https://example.org/.ory/kratos").unwrap()
}
