//! The routes: a page for each flow, and the files of the browser's side.

use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse},
    routing::get,
};
use kratos_axum::{
    ConfigError, Kratos, KratosLayer, LoginFlow, RecoveryFlow, RegistrationFlow, Session, SettingsFlow,
    VerificationFlow, gateway,
};
use leptos::prelude::*;
use leptos_pages::{FlowPage, Shown};
use tower_http::services::ServeDir;

/// Nothing but this site: its script, which compiles WebAssembly, and the stylesheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub fn router(kratos: Kratos) -> Result<Router, ConfigError> {
    let gateway = gateway::service(&kratos)?;
    Ok(Router::new()
        .route("/", get(home))
        .route("/login", get(async |flow: LoginFlow| page(Shown::Login(flow.0.into()))))
        .route("/registration", get(async |flow: RegistrationFlow| page(Shown::Registration(flow.0.into()))))
        .route("/recovery", get(async |flow: RecoveryFlow| page(Shown::Recovery(flow.0.into()))))
        .route("/verification", get(async |flow: VerificationFlow| page(Shown::Verification(flow.0.into()))))
        .route("/settings", get(async |flow: SettingsFlow| page(Shown::Settings(flow.0.into()))))
        .layer(KratosLayer::new(kratos))
        .route(
            "/style.css",
            get(async || ([(header::CONTENT_TYPE, "text/css")], kratos_ui::assets::STYLESHEET.body)),
        )
        .nest_service("/site", ServeDir::new("site"))
        .nest_service("/.ory/kratos", gateway))
}

async fn home(session: Option<Session>) -> Html<&'static str> {
    Html(match session {
        Some(_) => "<!doctype html><title>Home</title><p>You are signed in. <a href=/settings>Settings</a>",
        None => {
            "<!doctype html><title>Home</title><p><a href=/login>Sign in</a> <a href=/registration>Sign up</a>"
        }
    })
}

/// The document: the page as the components render it, and the flow for the browser's side.
fn page(shown: Shown) -> impl IntoResponse {
    let view = shown.view();
    let (lang, dir, title) = (view.lang.clone(), view.dir.clone(), view.title.clone());
    let body = Owner::new().with(|| view! { <FlowPage view /> }.to_html());
    // `<` could end the script element.
    let flow = serde_json::to_string(&shown).unwrap_or_default().replace('<', "\\u003c");
    let title = Owner::new().with(|| view! { <title>{title}</title> }.to_html());
    let document = format!(
        r#"<!DOCTYPE html><html lang="{lang}" dir="{dir}"><meta charset="utf-8">{title}<link rel="stylesheet" href="/style.css"><meta name="viewport" content="width=device-width"><body><div id="page">{body}</div><script type="application/json" id="shown">{flow}</script><script type="module" src="/site/start.js"></script></body></html>"#
    );
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(document))
}
