//! The application: its routes and their guards.

use std::error::Error;

use axum::{
    Router,
    routing::{get, post},
};
use kratos_axum::{Kratos, KratosLayer, RequireLayer, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_testkit::demo::Demo;
use kratos_ui::Theme;

use crate::{pages, sessions, views};

/// The state of the handlers.
#[derive(Clone)]
pub struct App {
    pub theme: Theme,
    pub kratos: Client,
    pub demo: Demo,
}

pub fn router(demo: &Demo) -> Result<Router, Box<dyn Error>> {
    let theme = views::theme(demo);
    let kratos = Client::new(demo.public_url())?;
    let app = App { theme: theme.clone(), kratos: kratos.clone(), demo: demo.clone() };

    let refused = theme.clone();
    let sessions = Kratos::from_resolver(HttpResolver::new(demo.public_url())?)
        .with_links(Links::new(demo.app_url(), demo.browser_url())?)
        .with_client(kratos)
        // Refuses the POST requests of other sites: see the forms of /sessions.
        .with_origin_check()
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
        // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
        .merge(Pages::new(theme).router())
        .layer(KratosLayer::new(sessions)))
}
