//! An application as a user of kratos-axum writes one, on a loopback port before a server.

use axum::routing::get;
use axum::{Json, Router};
use kratos_axum::{Identity, RequireLayer, Session, SessionLayer, Sessions, Traits};
use kratos_core::credential::{Credential, CredentialReader, TokenFormat};
use kratos_core::model;
use kratos_core::policy::Links;
use kratos_core::resolve::{Freshness, HttpResolver, Resolution, SessionResolver as _};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::{Era, Server};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// How long a sign-in is fresh for `/fresh`.
pub(crate) const FRESH: Duration = Duration::from_secs(2);

/// The traits that everybody has here.
#[derive(Deserialize)]
struct Person {
    email: String,
    name: Name,
}

#[derive(Deserialize)]
struct Name {
    first: String,
}

/// Traits that nobody has here.
#[derive(Deserialize)]
struct Ship {
    #[expect(dead_code, reason = "it is the demand for it that fails")]
    tonnage: u32,
}

/// The application. It stops with the test's runtime.
pub(crate) struct App {
    url: String,
    app_url: String,
}

impl App {
    /// One that asks this server.
    pub(crate) async fn of(server: &Server) -> Self {
        Self::asking(server, HttpResolver::new(&server.public_url).unwrap()).await
    }

    /// One that asks by another resolver.
    pub(crate) async fn asking(server: &Server, resolver: HttpResolver) -> Self {
        let links = Links::new(&server.app_url, &server.public_url).unwrap();
        let sessions = Sessions::new(resolver).with_links(links).with_credentials(reader(server));
        let signed_out = RequireLayer::signed_out();
        let router = Router::new()
            .route("/open", get(async || "open"))
            .route(
                "/maybe",
                get(async |who: Option<Identity>| who.map_or("nobody".to_owned(), |who| who.id.to_string())),
            )
            .route(
                "/me",
                get(async |who: Identity| who.id.to_string()).post(async |who: Identity| who.id.to_string()),
            )
            .route("/session", get(async |session: Session| Json(model::Session::clone(&session))))
            .route(
                "/traits",
                get(async |Traits(who): Traits<Person>| format!("{} {}", who.name.first, who.email)),
            )
            .route("/ship", get(async |_: Traits<Ship>| "ahoy"))
            .route("/vault", get(async || "aal2").layer(RequireLayer::aal2()))
            .route("/fresh", get(async || "fresh").layer(RequireLayer::fresh_within(FRESH)))
            .route("/verified", get(async || "verified").layer(RequireLayer::verified_address()))
            .route("/login", get(async || "login").layer(signed_out))
            .nest("/deep", Router::new().route("/me", get(async |who: Identity| who.id.to_string())))
            .layer(SessionLayer::new(sessions));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, app_url: server.app_url.clone() }
    }

    /// Asks as a program does: JSON, with these headers.
    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = client().get(format!("{}{path}", self.url)).header("accept", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request).await
    }

    /// Navigates as a browser does.
    pub(crate) async fn page(&self, path: &str, jar: &mut Jar) -> Answer {
        let request = client()
            .get(format!("{}{path}", self.url))
            .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .header("sec-fetch-mode", "navigate");
        jar.send(request).await
    }

    /// A request of any kind.
    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        client().request(method, format!("{}{path}", self.url))
    }

    /// Where people come back to for a path: on the application's configured address, not where it listens.
    pub(crate) fn return_to(&self, path: &str) -> String {
        format!("{}{path}", self.app_url)
    }
}

/// Kratos 0.6 and 0.7 have tokens without a prefix; an application says so to take them as bearer tokens.
fn reader(server: &Server) -> CredentialReader {
    let reader = CredentialReader::default();
    if server.era() >= Era::V1 { reader } else { reader.with_bearer_tokens(TokenFormat::PrefixedOrLegacy) }
}

/// Asks a server for a session by kratos-core alone.
pub(crate) async fn resolve(server: &Server, credential: &Credential) -> Resolution {
    let resolver = HttpResolver::new(&server.public_url).unwrap();
    resolver.resolve(credential, Freshness::Live).await.unwrap().resolution
}

/// The session of a resolution.
pub(crate) fn active(resolution: Resolution) -> Arc<model::Session> {
    match resolution {
        Resolution::Active(session) => session,
        other => panic!("no session: {other:?}"),
    }
}

/// A browser's session cookie as a credential.
pub(crate) fn cookie(jar: &Jar) -> Credential {
    Credential::cookie(format!("ory_kratos_session={}", jar.get("ory_kratos_session").unwrap()))
}

/// The query of an address.
pub(crate) fn query(address: &str, name: &str) -> Option<String> {
    let address = url::Url::parse(address).unwrap();
    address.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// An error's id.
pub(crate) fn error_id(answer: &Answer) -> String {
    answer.json()["error"]["id"].as_str().unwrap_or_default().to_owned()
}

/// The answer to a program, checked for its status and its error's id.
pub(crate) fn assert_refused(answer: &Answer, status: u16, id: &str) {
    assert_eq!((answer.status.as_u16(), error_id(answer).as_str()), (status, id), "{answer:?}");
}

/// A redirect to a self-service flow of Kratos that leads back.
pub(crate) fn assert_led(answer: &Answer, server: &Server, flow: &str, parameters: &[(&str, &str)]) {
    assert_eq!(answer.status, 303, "{answer:?}");
    let expected = server.public(&format!("/self-service/{flow}/browser"));
    let to = answer.location();
    assert_eq!(to.split('?').next().unwrap(), expected, "{answer:?}");
    for (name, value) in parameters {
        assert_eq!(query(to, name).as_deref(), Some(*value), "{answer:?}");
    }
}
