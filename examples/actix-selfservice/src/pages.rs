//! The application's own pages.

use actix_web::{HttpResponse, web::Data};
use kratos_actix::{Identity, Optional, Session, Traits, ui::respond};

use crate::{
    app::Shared,
    views::{self, Person},
};

/// Public, and friendlier to who is signed in.
pub async fn home(app: Data<Shared>, Optional(who): Optional<Traits<Person>>) -> HttpResponse {
    respond(views::home(&app.theme, who.map(|Traits(person)| person), app.server.mails().is_some()))
}

/// Where Kratos leads to after it signed somebody in. Public too.
pub async fn welcome(app: Data<Shared>, Optional(session): Optional<Session>) -> HttpResponse {
    respond(views::welcome(&app.theme, session.as_deref()))
}

/// For who is signed in: the argument is the guard.
pub async fn account(app: Data<Shared>, identity: Identity, Traits(person): Traits<Person>) -> HttpResponse {
    respond(views::account(&app.theme, &identity, &person))
}

/// For who showed a second factor: the middleware is the guard.
pub async fn vault(app: Data<Shared>, Traits(person): Traits<Person>) -> HttpResponse {
    respond(views::vault(&app.theme, &person))
}

/// What the Kratos inside this process has sent. A real application has no such page.
pub async fn mailbox(app: Data<Shared>) -> HttpResponse {
    respond(views::mailbox(&app.theme, app.server.mails()))
}
