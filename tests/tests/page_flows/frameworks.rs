//! Sends the same request to core, axum and actix-web: the responses must be equal.

use actix_web::{App, test as actix_test};
use axum::body::{Body, to_bytes};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use kratos_core::{Kratos, client::AdminClient, model::Identity, pages::AccountDeletion};
use kratos_ui::{Languages, Routes, Theme, view::LinkKind};
use tower::ServiceExt as _;

/// The frameworks, each with all pages mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framework {
    Axum,
    Actix,
}

pub(crate) const BOTH: [Framework; 2] = [Framework::Axum, Framework::Actix];

/// Every language, chosen by the request, and all pages.
fn theme() -> Theme {
    let routes =
        Routes::new().with(LinkKind::Sessions, "/sessions").with(LinkKind::DeleteAccount, "/account/delete");
    Theme::new().with_languages(Languages::all()).with_routes(routes)
}

/// Deletes identities by the admin API, or fails to.
#[derive(Clone, Debug)]
pub(crate) struct Accounts(pub(crate) Option<AdminClient>);

impl AccountDeletion for Accounts {
    async fn delete_account(
        &self,
        identity: &Identity,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let admin = self.0.as_ref().ok_or("no admin API")?;
        Ok(admin.delete_identity(identity.id).await?)
    }
}

/// A complete response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Framework {
    pub(crate) async fn ask(self, sessions: Kratos, method: &str, path: &str, headers: &HeaderMap) -> Reply {
        self.ask_with(sessions, Accounts(None), method, path, headers).await
    }

    pub(crate) async fn ask_with(
        self,
        sessions: Kratos,
        accounts: Accounts,
        method: &str,
        path: &str,
        headers: &HeaderMap,
    ) -> Reply {
        match self {
            Self::Axum => axum(sessions, accounts, method, path, headers).await,
            Self::Actix => actix(sessions, accounts, method, path, headers).await,
        }
    }
}

async fn axum(sessions: Kratos, accounts: Accounts, method: &str, path: &str, headers: &HeaderMap) -> Reply {
    use kratos_axum::{KratosLayer, ui::Pages};
    let pages = Pages::new(&sessions, theme()).with_account_deletion(accounts);
    let app = axum::Router::from(pages).layer(KratosLayer::new(sessions));
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    *request.headers_mut() = headers.clone();
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    reply(parts.status.as_u16(), parts.headers, &body)
}

async fn actix(sessions: Kratos, accounts: Accounts, method: &str, path: &str, headers: &HeaderMap) -> Reply {
    use kratos_actix::{KratosMiddleware, ui::Pages};
    let pages = Pages::new(&sessions, theme()).with_account_deletion(accounts);
    let app = App::new().service(pages).wrap(KratosMiddleware::new(sessions));
    let app = actix_test::init_service(app).await;
    let mut request = actix_test::TestRequest::with_uri(path).method(method.parse().unwrap());
    for (name, value) in headers {
        request = request.append_header((name.as_str(), value.as_bytes()));
    }
    let response = actix_test::call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let mut headers = HeaderMap::new();
    for (name, value) in response.headers() {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let body = actix_test::read_body(response).await;
    reply(status, headers, &body)
}

fn reply(status: u16, headers: HeaderMap, body: &[u8]) -> Reply {
    Reply { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

impl Reply {
    /// The values of a header, concatenated.
    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    pub(crate) fn got(&self) -> Got {
        let is_page = self.header("content-type").starts_with("text/html");
        Got {
            status: self.status,
            location: self.header("location"),
            cookies: cookie_names(&self.headers),
            is_stored: !self.header("cache-control").contains("no-store"),
            shown: if is_page && self.status == 200 { shown_flow(&self.body) } else { self.body.clone() },
        }
    }
}

/// The relevant part of a response for a browser.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) cookies: Vec<String>,
    pub(crate) is_stored: bool,
    /// The id of the rendered flow, or the whole error.
    pub(crate) shown: String,
}

/// The names alone: two requests may get CSRF cookies of different values.
pub(crate) fn cookie_names(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    lines.map(|line| line.split('=').next().unwrap().to_owned()).collect()
}

/// The id of the flow that the page's form submits.
fn shown_flow(html: &str) -> String {
    let action = html.split("action=\"").nth(1).unwrap_or_default().split('"').next().unwrap();
    action.split("flow=").nth(1).unwrap_or_default().split('&').next().unwrap().to_owned()
}
