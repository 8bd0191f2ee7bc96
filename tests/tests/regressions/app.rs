//! An application with every kind of guard, and the Kratos that it uses.

use axum::Router;
use axum::body::Body;
use axum::routing::{any, get};
use http::{HeaderValue, Request, Response, header};
use http_body_util::BodyExt as _;
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer, Session, Traits};
use kratos_core::{policy::Refusal, resolve::HttpResolver};
use kratos_testkit::{TestKratos, TestSession};
use serde_json::Value;
use std::time::Duration;
use tower::ServiceExt as _;

/// Every route whose handler or layer needs the session.
pub(crate) const GUARDED: &[&str] = &[
    "/session",
    "/identity",
    "/traits",
    "/maybe",
    "/signed-in",
    "/aal2",
    "/fresh",
    "/verified",
    "/predicate",
];

/// The application's timeout.
pub(crate) const PATIENCE: Duration = Duration::from_millis(500);

/// The routes, without the layer that provides sessions.
pub(crate) fn routes() -> Router {
    let ok = || any(async || "through");
    Router::new()
        .route("/open", ok())
        .route("/session", any(async |session: Session| session.id.to_string()))
        .route("/identity", any(async |who: Identity| who.id.to_string()))
        .route("/traits", any(async |Traits(traits): Traits<Value>| traits["email"].to_string()))
        .route(
            "/maybe",
            any(async |who: Option<Session>| if who.is_some() { "signed in" } else { "anonymous" }),
        )
        .route("/signed-in", ok().layer(RequireLayer::signed_in()))
        .route("/aal2", ok().layer(RequireLayer::aal2()))
        .route("/fresh", ok().layer(RequireLayer::authenticated_within(Duration::from_secs(3600))))
        .route("/verified", ok().layer(RequireLayer::verified_address()))
        .route("/predicate", ok().layer(RequireLayer::predicate(|_| true)))
        .route("/login", ok().layer(RequireLayer::signed_out()))
        .route(
            "/everything",
            get(
                async |_: Session, _: Identity, who: Option<Identity>, _: Traits<Value>| {
                    if who.is_some() { "signed in" } else { "anonymous" }
                },
            )
            .layer((RequireLayer::verified_address(), RequireLayer::signed_in())),
        )
}

/// The application with the Kratos at this URL.
pub(crate) fn app(kratos: &str) -> Router {
    let resolver = HttpResolver::new(kratos).unwrap().with_timeout(PATIENCE);
    routes().layer(KratosLayer::new(
        Kratos::from_resolver(resolver)
            .with_app("https://app.example")
            .unwrap()
            .with_browser_url("https://auth.example")
            .unwrap(),
    ))
}

/// A testkit, the application before it, and a user with AAL2 and a verified address.
pub(crate) async fn stage() -> (TestKratos, Router, TestSession) {
    let kratos = TestKratos::start().await.unwrap();
    let ada = kratos.identity("ada@example.org").with_totp().with_verified_address().create();
    let session = kratos.session(&ada).with_aal2().create();
    let app = app(kratos.public_url());
    (kratos, app, session)
}

/// A request builder.
pub(crate) fn ask(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "evil.example")
}

/// A program's request with a session token.
pub(crate) fn api(path: &str, session: &TestSession) -> Request<Body> {
    let request = ask("GET", path).header("accept", "application/json");
    request.header("x-session-token", session.session_token()).body(Body::empty()).unwrap()
}

/// A browser's navigation with a cookie.
pub(crate) fn page(path: &str, session: &TestSession) -> Request<Body> {
    let request = ask("GET", path).header("accept", "text/html").header("sec-fetch-mode", "navigate");
    request.header("cookie", session.cookie()).body(Body::empty()).unwrap()
}

/// A complete response.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) extensions: http::Extensions,
    pub(crate) body: String,
}

impl Told {
    /// The error's id: a browser that navigates gets a page with its status, and the id is that of the refusal beside it.
    pub(crate) fn id(&self) -> String {
        if let Some(refusal) = self.shown() {
            return refusal.id().as_str().to_owned();
        }
        let error: Value = serde_json::from_str(&self.body).unwrap_or_default();
        error["error"]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// The error's message.
    pub(crate) fn message(&self) -> String {
        if self.shown().is_some() {
            let message = self.body.split_once("<p>").and_then(|(_, rest)| rest.split_once("</p>"));
            return message.map(|(message, _)| message.to_owned()).unwrap_or_default();
        }
        let error: Value = serde_json::from_str(&self.body).unwrap_or_default();
        error["error"]["message"].as_str().unwrap_or_default().to_owned()
    }

    /// The refusal that an HTML page shows.
    fn shown(&self) -> Option<&Refusal> {
        let refusal = self.extensions.get::<Refusal>()?;
        let title = format!("<h1>{}</h1>", refusal.status().canonical_reason()?);
        let is_html = self.headers.get(header::CONTENT_TYPE)? == "text/html; charset=utf-8";
        (is_html && self.body.starts_with("<!doctype html>") && self.body.contains(&title)).then_some(refusal)
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).map(|to| to.to_str().unwrap())
    }

    pub(crate) fn cookies(&self) -> Vec<&HeaderValue> {
        self.headers.get_all(header::SET_COOKIE).iter().collect()
    }
}

/// Calls an application.
pub(crate) async fn call(app: &Router, request: Request<Body>) -> Told {
    read(app.clone().oneshot(request).await.unwrap()).await
}

/// Reads an answer.
pub(crate) async fn read(response: Response<Body>) -> Told {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Told {
        status: parts.status.as_u16(),
        headers: parts.headers,
        extensions: parts.extensions,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}
