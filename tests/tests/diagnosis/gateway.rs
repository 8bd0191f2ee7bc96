//! Findings about a gateway: the first wrong `base_url` is named, with the key to change.

use http::Request;
use kratos_axum::{Kratos, gateway};
use kratos_testkit::call;
use kratos_tests::lab::Server;

use crate::{built::host, log};

fn mounted(server: &Server, app: &str, browsers: &str) -> gateway::Gateway {
    let kratos = Kratos::new(&server.public_url).unwrap().with_app(app).unwrap();
    gateway::service(&kratos.with_browser_url(browsers).unwrap()).unwrap()
}

/// Browsers are sent to Kratos, although the application has a gateway.
pub(crate) async fn browsers_sent_elsewhere(server: &Server) {
    let host = host();
    let (app, elsewhere) = (format!("https://app.{host}"), format!("https://auth.{host}"));
    for _ in 0..2 {
        drop(mounted(server, &app, &elsewhere));
    }
    let line = log::once(&format!("browsers are sent to Kratos at {elsewhere}"));
    assert!(line.starts_with("ERROR"), "{line}");
    assert!(line.contains(&format!("`serve.public.base_url` to {app}/.ory/kratos/")), "{line}");
    assert!(line.contains(&format!("`Kratos::with_browser_url` to {app}/.ory/kratos")), "{line}");
}

/// Kratos calls itself by its own URL, and its redirects leave the gateway.
pub(crate) async fn redirects_past_it(server: &Server) {
    if server.gateway.is_some() {
        return; // A gateway before a gateway is refused: 508.
    }
    let app = format!("https://app.{}", host());
    let url = format!("{app}/.ory/kratos");
    let gateway = mounted(server, &app, &url);
    for _ in 0..2 {
        let request =
            Request::get("/.ory/kratos/self-service/settings/browser").header("accept", "text/html");
        assert!(call(&gateway, request).await.status.is_redirection());
    }
    let line = log::once(&format!("set `serve.public.base_url` to {url}/"));
    assert!(line.starts_with("ERROR") && line.contains("past the gateway"), "{line}");
}

/// A correct one says nothing.
pub(crate) async fn silence(server: &Server) {
    if server.gateway.is_some() {
        return;
    }
    let app = format!("https://app.{}", host());
    let gateway = mounted(server, &app, &format!("{app}/.ory/kratos"));
    let request = Request::get("/.ory/kratos/sessions/whoami");
    assert_eq!(call(&gateway, request).await.status, 401);
    assert!(log::with(&app).is_empty(), "{:?}", log::with(&app));
}
