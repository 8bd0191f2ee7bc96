//! The application: what you would write.

use std::{error::Error, net::TcpListener, time::Duration};

use actix_web::{App, HttpServer, web};
use kratos_actix::{Identity, Kratos, KratosMiddleware, Optional, Require, Session, Traits, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_ui::Theme;
use serde::Deserialize;

/// The identity's traits that this application reads.
#[derive(Deserialize)]
struct Person {
    email: String,
}

pub async fn serve(
    listener: TcpListener,
    kratos: &str,
    kratos_for_browsers: &str,
    app_url: &str,
) -> Result<(), Box<dyn Error>> {
    let links = Links::new(app_url, kratos_for_browsers)?;
    // Outside the closure, which runs once a worker: all workers share these.
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
        .with_client(Client::new(kratos)?)
        .with_links(links.clone())
        .with_origin_check();
    // The forms post to Kratos, which redirects back.
    let pages =
        Pages::new(Theme::new().with_name("Quickstart").with_form_targets([kratos_for_browsers, app_url]));
    // Nothing listens on this port. An unreachable Kratos is a 503: it neither admits nor signs out.
    let down =
        Kratos::from_resolver(HttpResolver::new("http://127.0.0.1:9")?).with_links(links).with_origin_check();

    let app = move || {
        let lately = Duration::from_secs(15 * 60);
        App::new()
            .route("/", web::get().to(home))
            // Kratos redirects here after a login without `return_to`: `default_browser_return_url`.
            .route("/welcome", web::get().to(home))
            .route("/account", web::get().to(account))
            .service(web::resource("/vault").get(vault).wrap(Require::aal2()))
            .service(web::resource("/payments").get(payments).wrap(Require::authenticated_within(lately)))
            .service(web::resource("/offline").get(account).wrap(KratosMiddleware::new(down.clone())))
            // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
            .service(pages.clone())
            // The last `wrap` of an App runs first: it goes below everything that requires a session.
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}

/// Public; greets a signed-in user.
async fn home(Optional(who): Optional<Traits<Person>>) -> String {
    match who {
        Some(Traits(person)) => format!("Welcome back, {}.\n", person.email),
        None => "Welcome, stranger.\n".to_owned(),
    }
}

/// Requires a session: the arguments are the guard.
async fn account(identity: Identity, Traits(person): Traits<Person>) -> String {
    format!("Your account: {} ({}).\n", person.email, identity.id)
}

/// Requires two factors: the middleware is the guard.
async fn vault() -> &'static str {
    "Your vault.\n"
}

/// Requires authentication within the last 15 minutes.
async fn payments(session: Session) -> String {
    let since = session.authenticated_at.map(|time| time.to_string()).unwrap_or_default();
    format!("Your payments. You signed in at {since}.\n")
}
