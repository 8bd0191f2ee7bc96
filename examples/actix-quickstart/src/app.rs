//! The application: what you would write.

use std::{error::Error, net::TcpListener, time::Duration};

use actix_web::{App, HttpServer, web};
use kratos_actix::{Identity, Kratos, KratosMiddleware, Optional, Require, Session, Traits};
use kratos_core::{policy::Links, resolve::HttpResolver};
use serde::Deserialize;

/// What the identity schema says of a person, as far as this application cares.
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
    // Made here and not in the closure, which runs once a worker: all workers share it.
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
        .with_app(app_url)?
        .with_browser_url(kratos_for_browsers)?;
    // Nobody listens there: this is what people see while Kratos is down. Not an open door, and not a logout.
    let down = Kratos::from_resolver(HttpResolver::new("http://127.0.0.1:9")?)
        .with_app(app_url)?
        .with_browser_url(kratos_for_browsers)?;

    let app = move || {
        let lately = Duration::from_secs(15 * 60);
        App::new()
            .route("/", web::get().to(home))
            .route("/account", web::get().to(account))
            .service(web::resource("/vault").get(vault).wrap(Require::aal2()))
            .service(web::resource("/payments").get(payments).wrap(Require::authenticated_within(lately)))
            .service(web::resource("/offline").get(account).wrap(KratosMiddleware::new(down.clone())))
            // The last `wrap` of the App runs first: it goes below everything that asks for the session.
            .wrap(KratosMiddleware::new(sessions.clone()))
    };
    Ok(HttpServer::new(app).listen(listener)?.run().await?)
}

/// Public, and friendlier to who is signed in.
async fn home(Optional(who): Optional<Traits<Person>>) -> String {
    match who {
        Some(Traits(person)) => format!("Welcome back, {}.\n", person.email),
        None => "Welcome, stranger.\n".to_owned(),
    }
}

/// For who is signed in: the argument is the guard.
async fn account(identity: Identity, Traits(person): Traits<Person>) -> String {
    format!("Your account: {} ({}).\n", person.email, identity.id)
}

/// For who showed a second factor: the middleware is the guard.
async fn vault() -> &'static str {
    "Your vault.\n"
}

/// For who showed a factor within the last quarter of an hour.
async fn payments(session: Session) -> String {
    let since = session.authenticated_at.map(|time| time.to_string()).unwrap_or_default();
    format!("Your payments. You signed in at {since}.\n")
}
