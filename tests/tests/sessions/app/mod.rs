//! The application, on a loopback port before a server: written with each framework, equal in what it answers.

mod actix;
mod axum;

use kratos_core::Kratos;
use kratos_core::client::Client;
use kratos_core::credential::{Credential, CredentialReader, TokenFormat};
use kratos_core::model;
use kratos_core::policy::Links;
use kratos_core::resolve::{
    CachingResolver, Freshness, HttpResolver, Jwks, JwtResolver, Resolution, SessionResolver as _,
};
use kratos_core::tokenize::{JwtTemplate, SessionTokenizer};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::{Era, Server};
use serde::Deserialize;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

/// How long a sign-in is fresh for `/fresh`.
pub(crate) const FRESH: Duration = Duration::from_secs(3);

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

/// The token template of the lab's servers and the testkits.
struct Named;

impl JwtTemplate for Named {
    const NAME: &'static str = "jwt";
}

/// One that no server has.
struct NoTemplate;

impl JwtTemplate for NoTemplate {
    const NAME: &'static str = "nobodys";
}

/// Traits that nobody has here.
#[derive(Deserialize)]
struct Ship {
    #[expect(dead_code, reason = "it is the demand for it that fails")]
    tonnage: u32,
}

/// What an application is written with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Framework {
    Axum,
    Actix,
}

/// A server, and what the application before it is written with.
pub(crate) struct Site {
    pub(crate) server: &'static Server,
    pub(crate) framework: Framework,
}

impl Deref for Site {
    type Target = Server;
    fn deref(&self) -> &Server {
        self.server
    }
}

/// The application. It stops with the test's runtime, or when it is dropped.
pub(crate) struct App {
    url: String,
    app_url: String,
    _running: Option<actix::Running>,
}

impl App {
    /// One that asks this server.
    pub(crate) async fn of(site: &Site) -> Self {
        Self::asking(site, resolver(site)).await
    }

    /// One that asks by another resolver.
    pub(crate) async fn asking(site: &Site, resolver: HttpResolver) -> Self {
        Self::with(site, Kratos::from_resolver(resolver).with_credentials(reader(site))).await
    }

    /// One whose sessions are found otherwise.
    pub(crate) async fn with(site: &Site, sessions: Kratos) -> Self {
        let sessions = sessions.with_app(&site.app_url).unwrap().with_browser_url(&site.public_url).unwrap();
        let (url, running) = match site.framework {
            Framework::Axum => (axum::serve(sessions).await, None),
            Framework::Actix => {
                let (url, running) = actix::serve(sessions);
                (url, Some(running))
            }
        };
        Self { url, app_url: site.app_url.clone(), _running: running }
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

/// Checks a server's tokens, and asks it by a resolver that remembers, for a minute.
pub(crate) fn tokens(server: &Server, jwks: Jwks) -> Kratos {
    let cached = CachingResolver::new(resolver(server), Duration::from_secs(60));
    let tokens = JwtResolver::new(jwks).with_issuer(server.issuer()).with_sessions(cached);
    let client = Client::new(&server.public_url).unwrap().with_timeout(Duration::from_secs(15));
    Kratos::from_resolver(tokens)
        .with_credentials(CredentialReader::default().with_jwt())
        .with_tokenizer(SessionTokenizer::new(client))
}

/// Where a server's tokens are checked.
pub(crate) fn jwks(server: &Server) -> Jwks {
    if server.jwks.starts_with("http") {
        Jwks::from_url(&server.jwks).unwrap()
    } else {
        Jwks::from_file(&server.jwks)
    }
}

/// Asks a server with more patience than the default's 3 s: a store on a busy disk takes its time, and what comes
/// of a slow Kratos has a scenario of its own.
pub(crate) fn resolver(server: &Server) -> HttpResolver {
    HttpResolver::new(&server.public_url).unwrap().with_timeout(Duration::from_secs(15))
}

/// Asks a server for a session by kratos-core alone.
pub(crate) async fn resolve(server: &Server, credential: &Credential) -> Resolution {
    let resolver = resolver(server);
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
