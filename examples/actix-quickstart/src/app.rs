//! The application: what you would write.

use std::{error::Error, net::TcpListener, time::Duration};

use actix_web::{App, HttpServer, web};
use kratos_actix::{Identity, Kratos, KratosMiddleware, Optional, Require, Session, Traits, ui::Pages};
use serde::Deserialize;

/// The identity's traits that this application reads.
#[derive(Deserialize)]
struct Person {
    email: String,
}

// `kratos` is made outside the closure, which runs once a worker: all workers share it.
pub async fn serve(listener: TcpListener, kratos: Kratos) -> Result<(), Box<dyn Error>> {
    let pages = Pages::new(&kratos, "Quickstart");
    // Nothing listens on this port. An unreachable Kratos is a 503: it neither admits nor signs out.
    let down = Kratos::new("http://127.0.0.1:9")?;

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
            .wrap(KratosMiddleware::new(kratos.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}

/// Public; greets a signed-in user.
async fn home(Optional(user): Optional<Traits<Person>>) -> String {
    match user {
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
