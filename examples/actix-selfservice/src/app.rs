//! The application: its routes, and what guards them.

use std::{error::Error, net::TcpListener};

use actix_web::{
    App, HttpServer,
    web::{self, Data},
};
use kratos_actix::{Kratos, KratosMiddleware, Require, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_ui::Theme;

use crate::{pages, server::Server, sessions, views};

/// What handlers need.
#[derive(Clone)]
pub struct Shared {
    pub theme: Theme,
    pub kratos: Client,
    pub server: Server,
}

pub async fn serve(listener: TcpListener, server: Server) -> Result<(), Box<dyn Error>> {
    let theme = views::theme(&server);
    let kratos = Client::new(&server.kratos_url)?;

    // Everything that finds, guards and shows a session, in one value. Made here and not in the closure, which runs
    // once a worker: all workers share it.
    let refused = theme.clone();
    let sessions = Kratos::from_resolver(HttpResolver::new(&server.kratos_url)?)
        .with_app(&server.app_url)?
        .with_browser_url(&server.kratos_browser_url)?
        .with_client(kratos.clone())
        // What another site makes a browser send changes nothing here: see the forms of /sessions.
        .with_rejection_response(move |answer| refused.render_refusal(answer));
    let pages = Pages::new(theme.clone());
    let shared = Data::new(Shared { theme, kratos, server });

    let app = move || {
        App::new()
            .app_data(shared.clone())
            .route("/", web::get().to(pages::home))
            .route("/welcome", web::get().to(pages::welcome))
            .route("/account", web::get().to(pages::account))
            .route("/sessions", web::get().to(sessions::list))
            .route("/sessions/revoke-others", web::post().to(sessions::revoke_others))
            .route("/sessions/{id}/revoke", web::post().to(sessions::revoke))
            .route("/mailbox", web::get().to(pages::mailbox))
            .service(web::resource("/vault").get(pages::vault).wrap(Require::aal2()))
            // /login, /registration, /recovery, /verification, /settings, /error, /logout, and their files.
            .service(pages.clone())
            // The last `wrap` of the App runs first: it goes below everything that asks for the session.
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}
