//! Serves pages of kratos-ui on a loopback port, without an application and without a Kratos.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use kratos_tests::lab::runtime;
use kratos_ui::assets::Asset;

/// A `webauthn.js` that defines Kratos' functions without behaviour: enough to enable the buttons.
const WEBAUTHN: &str = "window.__oryWebAuthnInitialized = true;
    for (const name of ['oryWebAuthnRegistration', 'oryWebAuthnLogin', 'oryPasskeyLogin',
        'oryPasskeyLoginAutocompleteInit', 'oryPasskeyRegistration', 'oryPasskeySettingsRegistration'])
        window[name] = () => {};
    window.dispatchEvent(new CustomEvent('oryWebAuthnInitialized'));";

/// A page and its response headers.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    pub(crate) html: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Served {
    /// With the headers that kratos-ui sets.
    pub(crate) fn new(page: &kratos_ui::Page) -> Self {
        let headers = page.headers().map(|(name, value)| (name, value.to_owned()));
        Self { html: page.html().to_owned(), headers: headers.into() }
    }

    /// The same page without its policy, as from an application that omits it.
    pub(crate) fn without_policy(mut self) -> Self {
        self.headers.retain(|(name, _)| *name != "content-security-policy");
        self
    }
}

/// Serves these pages at `/NAME` until the process ends, and returns the base URL.
pub(crate) async fn serve(pages: HashMap<String, Served>) -> String {
    let routes = Router::new()
        .route("/kratos-ui/{name}", get(asset))
        .route("/.well-known/ory/webauthn.js", get(async || script(WEBAUTHN)))
        .route("/{name}", get(page))
        .with_state(Arc::new(pages));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    runtime().spawn(async move { axum::serve(listener, routes).await });
    format!("http://localhost:{port}")
}

fn script(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = Asset::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
    let (headers, body) = asset.response(accepted);
    with(body.into_response(), headers.into_iter().map(|(name, value)| (name, value.to_owned())))
}

async fn page(State(pages): State<Arc<HashMap<String, Served>>>, Path(name): Path<String>) -> Response {
    let Some(page) = pages.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    with(page.html.clone().into_response(), page.headers.iter().cloned())
}

/// The response with exactly these headers.
fn with(mut response: Response, headers: impl Iterator<Item = (&'static str, String)>) -> Response {
    response.headers_mut().clear();
    for (name, value) in headers {
        response.headers_mut().insert(HeaderName::from_static(name), value.parse().expect("a header"));
    }
    response
}
