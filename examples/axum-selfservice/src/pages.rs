//! The application's own pages.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kratos_axum::{Identity, Session, Traits, ui::respond};

use crate::{
    app::App,
    views::{self, Person},
};

/// Public; greets a signed-in user.
pub async fn home(State(app): State<App>, user: Option<Traits<Person>>) -> Response {
    respond(views::home(&app.theme, user.map(|Traits(person)| person), app.demo.mails().is_some()))
}

/// Public; Kratos redirects here after a login without `return_to`: `default_browser_return_url`.
pub async fn welcome(State(app): State<App>, session: Option<Session>) -> Response {
    respond(views::welcome(&app.theme, session.as_deref()))
}

/// Requires a session: the arguments are the guard.
pub async fn account(State(app): State<App>, identity: Identity, Traits(person): Traits<Person>) -> Response {
    respond(views::account(&app.theme, &identity, &person))
}

/// Requires two factors: the layer is the guard.
pub async fn vault(State(app): State<App>, Traits(person): Traits<Person>) -> Response {
    respond(views::vault(&app.theme, &person))
}

/// The mail of the Kratos in this process, for this machine alone. A real application has no such page.
pub async fn mailbox(State(app): State<App>, ConnectInfo(peer): ConnectInfo<SocketAddr>) -> Response {
    match peer.ip().is_loopback() {
        true => respond(views::mailbox(&app.theme, app.demo.mails())),
        false => not_found(State(app)).await,
    }
}

/// Every other path.
pub async fn not_found(State(app): State<App>) -> Response {
    (StatusCode::NOT_FOUND, respond(views::not_found(&app.theme))).into_response()
}
