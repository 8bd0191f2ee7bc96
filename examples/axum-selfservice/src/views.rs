//! The application's own pages: askama templates in the theme of the self-service pages.

use askama::Template;
use kratos_axum::{
    model::{Identity, Session},
    ui::{Html, Languages, Page, Routes, Theme, view::LinkKind},
};
use kratos_testkit::{Mail, demo::Demo};
use serde::Deserialize;

/// The identity's traits that this application reads.
#[derive(Deserialize)]
pub struct Person {
    pub email: String,
}

/// The theme of all pages: change texts, stylesheet, order, header and footer here.
pub fn theme(demo: &Demo) -> Theme {
    let routes = Routes::new().with(LinkKind::Sessions, "/sessions");
    let routes = match demo.admin_url() {
        Some(_) => routes.with(LinkKind::DeleteAccount, "/account/delete"),
        None => routes,
    };
    // The forms post to Kratos, which redirects back, or to a single sign-on provider.
    Theme::new()
        .with_name("Example")
        .with_languages(Languages::all())
        .with_routes(routes)
        .with_form_targets(demo.form_targets())
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    user: Option<Person>,
    has_mailbox: bool,
}

pub fn home(theme: &Theme, user: Option<Person>, has_mailbox: bool) -> Page {
    page(theme, "Welcome", &Home { user, has_mailbox })
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    person: Option<Person>,
    session: Option<String>,
}

pub fn welcome(theme: &Theme, session: Option<&Session>) -> Page {
    let person = session.and_then(|session| session.identity.as_ref()?.traits().ok());
    let session = session.and_then(|session| serde_json::to_string_pretty(session).ok());
    page(theme, "Welcome", &Welcome { person, session })
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account<'a> {
    identity: &'a Identity,
    person: &'a Person,
}

pub fn account(theme: &Theme, identity: &Identity, person: &Person) -> Page {
    page(theme, "Your account", &Account { identity, person })
}

#[derive(Template)]
#[template(path = "vault.html")]
struct Vault<'a> {
    person: &'a Person,
}

pub fn vault(theme: &Theme, person: &Person) -> Page {
    page(theme, "Your vault", &Vault { person })
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct Mailbox {
    mails: Option<Vec<Mail>>,
}

pub fn mailbox(theme: &Theme, mails: Option<Vec<Mail>>) -> Page {
    page(theme, "Mailbox", &Mailbox { mails })
}

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFound;

pub fn not_found(theme: &Theme) -> Page {
    page(theme, "Page not found", &NotFound)
}

fn page(theme: &Theme, title: &str, body: &impl Template) -> Page {
    // Writing to a string cannot fail, and the templates call nothing that can.
    let body = body.render().unwrap_or_default();
    theme.custom_page(title, &Html::trusted(body))
}
