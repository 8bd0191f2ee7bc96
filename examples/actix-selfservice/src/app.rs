//! The application: its routes and their guards.

use std::{error::Error, net::TcpListener};

use actix_web::{
    App, HttpServer,
    web::{self, Data},
};
use kratos_actix::{Kratos, KratosMiddleware, Require, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_testkit::demo::Demo;
use kratos_ui::Theme;

use crate::{pages, sessions, views};

/// The state of the handlers.
#[derive(Clone)]
pub struct Shared {
    pub theme: Theme,
    pub kratos: Client,
    pub demo: Demo,
}

pub async fn serve(listener: TcpListener, demo: Demo) -> Result<(), Box<dyn Error>> {
    let theme = views::theme(&demo);
    let kratos = Client::new(demo.public_url())?;

    // Outside the closure, which runs once a worker: all workers share it.
    let refused = theme.clone();
    let sessions = Kratos::from_resolver(HttpResolver::new(demo.public_url())?)
        .with_links(Links::new(demo.app_url(), demo.browser_url())?)
        .with_client(kratos.clone())
        // Refuses the POST requests of other sites: see the forms of /sessions.
        .with_origin_check()
        .with_rejection_response(move |answer| refused.render_refusal(answer));
    let pages = Pages::new(theme.clone());
    let shared = Data::new(Shared { theme, kratos, demo });

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
            // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
            .service(pages.clone())
            // The last `wrap` of an App runs first: it goes below everything that requires a session.
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}
