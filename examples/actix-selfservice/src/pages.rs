//! The application's own pages.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use kratos_actix::{Identity, Optional, Session, Traits, ui::respond};

use crate::{
    app::Shared,
    views::{self, Person},
};

/// Public; greets a signed-in user.
pub async fn home(app: Data<Shared>, Optional(user): Optional<Traits<Person>>) -> HttpResponse {
    respond(views::home(&app.theme, user.map(|Traits(person)| person), app.demo.mails().is_some()))
}

/// Public; Kratos redirects here after a login without `return_to`: `default_browser_return_url`.
pub async fn welcome(app: Data<Shared>, Optional(session): Optional<Session>) -> HttpResponse {
    respond(views::welcome(&app.theme, session.as_deref()))
}

/// Requires a session: the arguments are the guard.
pub async fn account(app: Data<Shared>, identity: Identity, Traits(person): Traits<Person>) -> HttpResponse {
    respond(views::account(&app.theme, &identity, &person))
}

/// Requires two factors: the middleware is the guard.
pub async fn vault(app: Data<Shared>, Traits(person): Traits<Person>) -> HttpResponse {
    respond(views::vault(&app.theme, &person))
}

/// The mail of the Kratos in this process, for this machine alone. A real application has no such page.
pub async fn mailbox(app: Data<Shared>, request: HttpRequest) -> HttpResponse {
    match request.peer_addr().is_some_and(|peer| peer.ip().is_loopback()) {
        true => respond(views::mailbox(&app.theme, app.demo.mails())),
        false => not_found(app).await,
    }
}

/// Every other path.
pub async fn not_found(app: Data<Shared>) -> HttpResponse {
    let mut response = respond(views::not_found(&app.theme));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
