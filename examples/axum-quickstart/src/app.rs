//! The application: what you would write.

use std::{error::Error, time::Duration};

use axum::{Router, routing::get};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer, Session, Traits, ui::Pages};
use serde::Deserialize;

/// The identity's traits that this application reads.
#[derive(Deserialize)]
struct Person {
    email: String,
}

pub fn router(kratos: &Kratos) -> Result<Router, Box<dyn Error>> {
    let pages = Pages::new(kratos, "Quickstart");
    let lately = RequireLayer::authenticated_within(Duration::from_secs(15 * 60));
    let app = Router::new()
        .route("/", get(home))
        // Kratos redirects here after a login without `return_to`: `default_browser_return_url`.
        .route("/welcome", get(home))
        .route("/account", get(account))
        // Each guard covers one route.
        .route("/vault", get(vault).route_layer(RequireLayer::aal2()))
        .route("/payments", get(payments).route_layer(lately))
        // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
        .merge(pages)
        .layer(KratosLayer::new(kratos.clone()));

    // Nothing listens on this port. An unreachable Kratos is a 503: it neither admits nor signs out.
    let down = Kratos::new("http://127.0.0.1:9")?;
    let offline = Router::new().route("/offline", get(account)).layer(KratosLayer::new(down));
    Ok(app.merge(offline))
}

/// Public; greets a signed-in user.
async fn home(user: Option<Traits<Person>>) -> String {
    match user {
        Some(Traits(person)) => format!("Welcome back, {}.\n", person.email),
        None => "Welcome, stranger.\n".to_owned(),
    }
}

/// Requires a session: the arguments are the guard.
async fn account(identity: Identity, Traits(person): Traits<Person>) -> String {
    format!("Your account: {} ({}).\n", person.email, identity.id)
}

/// Requires two factors: the layer is the guard.
async fn vault() -> &'static str {
    "Your vault.\n"
}

/// Requires authentication within the last 15 minutes.
async fn payments(session: Session) -> String {
    let since = session.authenticated_at.map(|time| time.to_string()).unwrap_or_default();
    format!("Your payments. You signed in at {since}.\n")
}
