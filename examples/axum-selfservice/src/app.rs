//! The application: its routes, and what guards them.

use std::error::Error;

use axum::{
    Router,
    routing::{get, post},
};
use kratos_axum::{Kratos, KratosLayer, RequireLayer, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_ui::Theme;

use crate::{pages, server::Server, sessions, views};

/// What handlers need.
#[derive(Clone)]
pub struct App {
    pub theme: Theme,
    pub kratos: Client,
    pub server: Server,
}

pub fn router(server: &Server) -> Result<Router, Box<dyn Error>> {
    let theme = views::theme(server);
    let kratos = Client::new(&server.kratos_url)?;
    let app = App { theme: theme.clone(), kratos: kratos.clone(), server: server.clone() };

    // Everything that finds, guards and shows a session, in one value.
    let refused = theme.clone();
    let sessions = Kratos::from_resolver(HttpResolver::new(&server.kratos_url)?)
        .with_app(&server.app_url)?
        .with_browser_url(&server.kratos_browser_url)?
        .with_client(kratos)
        // What another site makes a browser send changes nothing here: see the forms of /sessions.
        .with_rejection_response(move |answer| refused.render_refusal(answer));

    let second_factor = Router::new().route("/vault", get(pages::vault)).route_layer(RequireLayer::aal2());
    Ok(Router::new()
        .route("/", get(pages::home))
        .route("/welcome", get(pages::welcome))
        .route("/account", get(pages::account))
        .route("/sessions", get(sessions::list))
        .route("/sessions/revoke-others", post(sessions::revoke_others))
        .route("/sessions/{id}/revoke", post(sessions::revoke))
        .route("/mailbox", get(pages::mailbox))
        .merge(second_factor)
        .with_state(app)
        // /login, /registration, /recovery, /verification, /settings, /error, /logout, and their files.
        .merge(Pages::new(theme).router())
        .layer(KratosLayer::new(sessions)))
}
