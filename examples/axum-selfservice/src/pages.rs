//! The application's own pages.

use axum::{extract::State, response::Response};
use kratos_axum::{Identity, Session, Traits, ui::respond};

use crate::{
    app::App,
    views::{self, Person},
};

/// Public, and friendlier to who is signed in.
pub async fn home(State(app): State<App>, who: Option<Traits<Person>>) -> Response {
    respond(views::home(&app.theme, who.map(|Traits(person)| person), app.server.mails().is_some()))
}

/// Where Kratos leads to after it signed somebody in. Public too.
pub async fn welcome(State(app): State<App>, session: Option<Session>) -> Response {
    respond(views::welcome(&app.theme, session.as_deref()))
}

/// For who is signed in: the argument is the guard.
pub async fn account(State(app): State<App>, identity: Identity, Traits(person): Traits<Person>) -> Response {
    respond(views::account(&app.theme, &identity, &person))
}

/// For who showed a second factor: the layer is the guard.
pub async fn vault(State(app): State<App>, Traits(person): Traits<Person>) -> Response {
    respond(views::vault(&app.theme, &person))
}

/// What the Kratos inside this process has sent. A real application has no such page.
pub async fn mailbox(State(app): State<App>) -> Response {
    respond(views::mailbox(&app.theme, app.server.mails()))
}
