//! The application: what you would write.

use std::{error::Error, time::Duration};

use axum::{Router, routing::get};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer, Session, Traits, ui::Pages};
use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
use kratos_ui::Theme;
use serde::Deserialize;

/// The identity's traits that this application reads.
#[derive(Deserialize)]
struct Person {
    email: String,
}

pub fn router(kratos: &str, kratos_for_browsers: &str, app_url: &str) -> Result<Router, Box<dyn Error>> {
    let links = Links::new(app_url, kratos_for_browsers)?;
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
        .with_client(Client::new(kratos)?)
        .with_links(links.clone())
        .with_origin_check();
    // The forms post to Kratos, which redirects back.
    let theme = Theme::new().with_name("Quickstart").with_form_targets([kratos_for_browsers, app_url]);

    // Each layer guards the routes of its own router.
    let vault = Router::new().route("/vault", get(vault)).route_layer(RequireLayer::aal2());
    let lately = Duration::from_secs(15 * 60);
    let payments = Router::new()
        .route("/payments", get(payments))
        .route_layer(RequireLayer::authenticated_within(lately));
    let app = Router::new()
        .route("/", get(home))
        // Kratos redirects here after a login without `return_to`: `default_browser_return_url`.
        .route("/welcome", get(home))
        .route("/account", get(account))
        .merge(vault)
        .merge(payments)
        // /login, /registration, /recovery, /verification, /settings, /error, /logout and their assets.
        .merge(Pages::new(theme).router())
        .layer(KratosLayer::new(sessions));

    // Nothing listens on this port. An unreachable Kratos is a 503: it neither admits nor signs out.
    let down =
        Kratos::from_resolver(HttpResolver::new("http://127.0.0.1:9")?).with_links(links).with_origin_check();
    let offline = Router::new().route("/offline", get(account)).layer(KratosLayer::new(down));
    Ok(app.merge(offline))
}

/// Public; greets a signed-in user.
async fn home(who: Option<Traits<Person>>) -> String {
    match who {
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
