//! The application: what you would write.

use std::{error::Error, time::Duration};

use axum::{Router, routing::get};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer, Session, Traits};
use kratos_core::{policy::Links, resolve::HttpResolver};
use serde::Deserialize;

/// What the identity schema says of a person, as far as this application cares.
#[derive(Deserialize)]
struct Person {
    email: String,
}

pub fn router(kratos: &str, kratos_for_browsers: &str, app_url: &str) -> Result<Router, Box<dyn Error>> {
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
        .with_app(app_url)?
        .with_browser_url(kratos_for_browsers)?;

    // Each guard holds for the routes beside it; they come together below.
    let vault = Router::new().route("/vault", get(vault)).route_layer(RequireLayer::aal2());
    let lately = Duration::from_secs(15 * 60);
    let payments = Router::new()
        .route("/payments", get(payments))
        .route_layer(RequireLayer::authenticated_within(lately));
    let app = Router::new()
        .route("/", get(home))
        .route("/account", get(account))
        .merge(vault)
        .merge(payments)
        .layer(KratosLayer::new(sessions));

    // Nobody listens there: this is what people see while Kratos is down. Not an open door, and not a logout.
    let down = Kratos::from_resolver(HttpResolver::new("http://127.0.0.1:9")?)
        .with_app(app_url)?
        .with_browser_url(kratos_for_browsers)?;
    let offline = Router::new().route("/offline", get(account)).layer(KratosLayer::new(down));
    Ok(app.merge(offline))
}

/// Public, and friendlier to who is signed in.
async fn home(who: Option<Traits<Person>>) -> String {
    match who {
        Some(Traits(person)) => format!("Welcome back, {}.\n", person.email),
        None => "Welcome, stranger.\n".to_owned(),
    }
}

/// For who is signed in: the argument is the guard.
async fn account(identity: Identity, Traits(person): Traits<Person>) -> String {
    format!("Your account: {} ({}).\n", person.email, identity.id)
}

/// For who showed a second factor: the layer is the guard.
async fn vault() -> &'static str {
    "Your vault.\n"
}

/// For who showed a factor within the last quarter of an hour.
async fn payments(session: Session) -> String {
    let since = session.authenticated_at.map(|time| time.to_string()).unwrap_or_default();
    format!("Your payments. You signed in at {since}.\n")
}
