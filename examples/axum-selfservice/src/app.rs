//! The application: its routes and their guards.

use axum::{Router, routing::get};
use kratos_axum::{
    ConfigError, Kratos, KratosLayer, RequireLayer,
    client::AdminClient,
    gateway,
    ui::{self, Pages, Theme},
};
use kratos_testkit::demo::Demo;

use crate::{account::Accounts, pages, views};

/// The state of the handlers.
#[derive(Clone)]
pub struct App {
    pub theme: Theme,
    pub demo: Demo,
}

pub fn router(kratos: Kratos, demo: &Demo) -> Result<Router, ConfigError> {
    let theme = views::theme(demo);
    let app = App { theme: theme.clone(), demo: demo.clone() };
    let mut pages = Pages::new(&kratos, theme.clone());
    if let Some(admin) = demo.admin_url() {
        pages = pages.with_account_deletion(Accounts { kratos: AdminClient::new(admin)? });
    }
    // Kratos' public API below the application's own origin.
    let gateway = gateway::service(&kratos)?;
    // Rejections look like the other pages.
    let kratos = kratos
        .with_rejection_response(move |response, request| ui::render_rejection(&theme, response, request));

    Ok(Router::new()
        .route("/", get(pages::home))
        .route("/welcome", get(pages::welcome))
        .route("/account", get(pages::account))
        .route("/vault", get(pages::vault).route_layer(RequireLayer::aal2()))
        .route("/mailbox", get(pages::mailbox))
        .fallback(pages::not_found)
        .with_state(app)
        // /login, /registration, /recovery, /verification, /settings, /error, /logout, /sessions, /account/delete and their assets.
        .merge(pages)
        .layer(KratosLayer::new(kratos))
        .nest_service("/.ory/kratos", gateway))
}
