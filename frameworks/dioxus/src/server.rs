//! The routes: a page for each flow.

use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use dioxus::prelude::*;
use kratos_axum::{
    ConfigError, Kratos, KratosLayer, LoginFlow, RecoveryFlow, RegistrationFlow, Session, SettingsFlow,
    VerificationFlow, gateway,
};
use kratos_ui::{PageFlow, Theme};

use crate::page::FlowPage;

/// The stylesheet of this site, no script, and forms that post to Kratos by the gateway.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

pub fn router(kratos: Kratos) -> Result<Router, ConfigError> {
    let gateway = gateway::service(&kratos)?;
    Ok(Router::new()
        .route("/", get(home))
        .route("/login", get(async |flow: LoginFlow| page(&*flow)))
        .route("/registration", get(async |flow: RegistrationFlow| page(&*flow)))
        .route("/recovery", get(async |flow: RecoveryFlow| page(&*flow)))
        .route("/verification", get(async |flow: VerificationFlow| page(&*flow)))
        .route("/settings", get(async |flow: SettingsFlow| page(&*flow)))
        .layer(KratosLayer::new(kratos))
        .route(
            "/style.css",
            get(async || ([(header::CONTENT_TYPE, "text/css")], kratos_ui::assets::STYLESHEET.body)),
        )
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

fn page<F: PageFlow>(flow: &F) -> Response {
    let view = Theme::new().view(flow);
    let document = dioxus_ssr::render_element(rsx! {
        head {
            meta { charset: "utf-8" }
            meta { name: "viewport", content: "width=device-width" }
            title { "{view.title}" }
            link { rel: "stylesheet", href: "/style.css" }
        }
        body {
            FlowPage { view: view.clone() }
        }
    });
    let (lang, dir) = (view.lang, view.dir);
    let document = format!(r#"<!DOCTYPE html><html lang="{lang}" dir="{dir}">{document}</html>"#);
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(document))
        .into_response()
}
