//! The application: its routes and their guards.

use std::{error::Error, net::TcpListener};

use actix_web::{
    App, HttpServer,
    web::{self, Data},
};
use kratos_actix::{
    Kratos, KratosMiddleware, Require,
    client::AdminClient,
    gateway::{self, Gateway},
    ui::{self, Pages, Theme},
};
use kratos_testkit::demo::Demo;

use crate::{account::Accounts, pages, views};

/// The state of the handlers.
#[derive(Clone)]
pub struct Shared {
    pub theme: Theme,
    pub demo: Demo,
}

// `kratos` is made outside the closure, which runs once a worker: all workers share it.
pub async fn serve(listener: TcpListener, kratos: Kratos, demo: Demo) -> Result<(), Box<dyn Error>> {
    let theme = views::theme(&demo);
    let shared = Data::new(Shared { theme: theme.clone(), demo });
    let mut pages = Pages::new(&kratos, theme.clone());
    if let Some(admin) = shared.demo.admin_url() {
        pages = pages.with_account_deletion(Accounts { kratos: AdminClient::new(admin)? });
    }
    // Kratos' public API below the application's own origin.
    let gateway = Gateway::new(&kratos)?;
    // Rejections look like the other pages.
    let kratos = kratos
        .with_rejection_response(move |response, request| ui::render_rejection(&theme, response, request));

    let app = move || {
        App::new()
            .app_data(shared.clone())
            .route("/", web::get().to(pages::home))
            .route("/welcome", web::get().to(pages::welcome))
            .route("/account", web::get().to(pages::account))
            .service(web::resource("/vault").get(pages::vault).wrap(Require::aal2()))
            .route("/mailbox", web::get().to(pages::mailbox))
            // /login, /registration, /recovery, /verification, /settings, /error, /logout, /sessions, /account/delete and their assets.
            .service(pages.clone())
            .service(gateway::scope(&gateway))
            .default_service(web::to(pages::not_found))
            // The last `wrap` of an App runs first: it goes below everything that requires a session.
            .wrap(KratosMiddleware::new(kratos.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}
