//! The application: its routes and their guards.

use axum::{
    Router,
    routing::{get, post},
};
use kratos_axum::{
    Kratos, KratosLayer, RequireLayer,
    ui::{self, Pages, Theme},
};
use kratos_testkit::demo::Demo;

use crate::{pages, sessions, views};

/// The state of the handlers.
#[derive(Clone)]
pub struct App {
    pub theme: Theme,
    pub demo: Demo,
}

pub fn router(kratos: Kratos, demo: &Demo) -> Router {
    let theme = views::theme(demo);
    let app = App { theme: theme.clone(), demo: demo.clone() };
    let pages = Pages::new(&kratos, theme.clone());
    // Rejections look like the other pages.
    let kratos = kratos
        .with_rejection_response(move |response, request| ui::render_rejection(&theme, response, request));

    Router::new()
        .route("/", get(pages::home))
        .route("/welcome", get(pages::welcome))
        .route("/account", get(pages::account))
        .route("/vault", get(pages::vault).route_layer(RequireLayer::aal2()))
        .route("/sessions", get(sessions::list))
        .route("/sessions/revoke-others", post(sessions::revoke_others))
        .route("/sessions/{id}/revoke", post(sessions::revoke))
        .route("/mailbox", get(pages::mailbox))
        .fallback(pages::not_found)
        .with_state(app)
        // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
        .merge(pages.router())
        .layer(KratosLayer::new(kratos))
}
