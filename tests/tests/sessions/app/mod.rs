//! The application on a loopback port, written with each framework. Both answer alike.

mod actix;
mod axum;

use kratos_core::Kratos;
use kratos_core::client::{Client, Era};
use kratos_core::credential::{Credential, CredentialReader};
use kratos_core::model;
use kratos_core::resolve::{
    CachingResolver, Freshness, HttpResolver, Jwks, JwtResolver, Resolution, SessionResolver as _,
};
use kratos_core::tokenize::{JwtTemplate, SessionTokenizer};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::Server;
use serde::Deserialize;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

/// The maximum age of the authentication for `/fresh`.
pub(crate) const FRESH: Duration = Duration::from_secs(3);

/// The traits of every identity here.
#[derive(Deserialize)]
struct Person {
    email: String,
    name: Name,
}

#[derive(Deserialize)]
struct Name {
    first: String,
}

/// The tokenizer template of the lab's servers and the testkits.
struct Named;

impl JwtTemplate for Named {
    const NAME: &'static str = "jwt";
}

/// A template that no server has.
struct NoTemplate;

impl JwtTemplate for NoTemplate {
    const NAME: &'static str = "unknown";
}

/// Traits that no identity here has.
#[derive(Deserialize)]
struct Ship {
    #[expect(dead_code, reason = "deserializing it is what fails")]
    tonnage: u32,
}

/// Registers the scenarios of a module as `kratos_tests::scenarios!` does, for both frameworks.
macro_rules! scenarios {
    ($($function:path: $name:literal, [$($need:ident),*];)+) => {
        &[$(
            $crate::app::scenarios!(@ Axum, $function: concat!("axum: ", $name), [$($need),*]),
            $crate::app::scenarios!(@ Actix, $function: concat!("actix: ", $name), [$($need),*]),
        )+]
    };
    (@ $framework:ident, $function:path: $name:expr, [$($need:ident),*]) => {
        kratos_tests::suite::Scenario {
            name: $name,
            needs: &[$(kratos_tests::driver::Feature::$need),*],
            run: |server| {
                let framework = $crate::app::Framework::$framework;
                Box::pin(async move { $function(&$crate::app::Site { server, framework }).await })
            },
        }
    };
}
pub(crate) use scenarios;

/// The header in which the application shows the explanation of a refusal.
pub(crate) const EXPLANATION: &str = "x-explanation";

/// Checks that a misconfiguration is explained by this text to the application, and not in the response's body.
pub(crate) fn assert_explained(answer: &Answer, fix: &str) {
    let explanation = answer.headers[EXPLANATION].to_str().unwrap();
    assert!(explanation.contains(fix), "{explanation}");
    assert_eq!(answer.json()["error"]["message"], "The server is misconfigured; see its log.");
    assert!(!String::from_utf8_lossy(&answer.body).contains(fix), "{answer:?}");
}

/// The framework of an application.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Framework {
    Axum,
    Actix,
}

/// A server, and the framework of the application before it.
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

/// The application. It stops with the test's runtime, or when dropped.
pub(crate) struct App {
    url: String,
    app_url: String,
    _running: Option<actix::Running>,
}

impl App {
    /// The application with this server as its upstream.
    pub(crate) async fn of(site: &Site) -> Self {
        Self::asking(site, resolver(site)).await
    }

    /// The application with another resolver.
    pub(crate) async fn asking(site: &Site, resolver: HttpResolver) -> Self {
        let era = Era::of_release(&site.version).unwrap_or_default();
        Self::with(site, Kratos::from_resolver(resolver).with_era(era)).await
    }

    /// The application with another source of sessions.
    pub(crate) async fn with(site: &Site, sessions: Kratos) -> Self {
        let sessions = sessions.with_app(&site.app_url).unwrap().with_browser_url(&site.public_url).unwrap();
        // What the application alone learns of a refusal.
        let sessions = sessions.with_rejection_response(|response, _| {
            let explanation = response.refusal.explanation().parse().unwrap();
            response.headers.insert(EXPLANATION, explanation);
        });
        let (url, running) = match site.framework {
            Framework::Axum => (axum::serve(sessions).await, None),
            Framework::Actix => {
                let (url, running) = actix::serve(sessions);
                (url, Some(running))
            }
        };
        Self { url, app_url: site.app_url.clone(), _running: running }
    }

    /// Sends a request as a program does: JSON, with these headers.
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

    /// The `return_to` of a path: at the application's configured URL, not at the address it listens on.
    pub(crate) fn return_to(&self, path: &str) -> String {
        format!("{}{path}", self.app_url)
    }
}

/// Verifies the server's JWTs and caches its sessions for a minute.
pub(crate) fn tokens(server: &Server, jwks: Jwks) -> Kratos {
    let cached = CachingResolver::new(resolver(server), Duration::from_secs(60));
    let tokens = JwtResolver::new(jwks).with_issuer(server.issuer()).with_sessions(cached);
    let client = Client::new(&server.public_url).unwrap().with_timeout(Duration::from_secs(15));
    Kratos::from_resolver(tokens)
        .with_credentials(CredentialReader::default().with_jwt())
        .with_tokenizer(SessionTokenizer::new(client))
}

/// The keys of the server's JWTs.
pub(crate) fn jwks(server: &Server) -> Jwks {
    if server.jwks.starts_with("http") {
        Jwks::from_url(&server.jwks).unwrap()
    } else {
        Jwks::from_file(&server.jwks)
    }
}

/// A resolver with a longer timeout than the default of 3 s, as a store on a busy disk is slow. A slow Kratos has its
/// own scenario.
pub(crate) fn resolver(server: &Server) -> HttpResolver {
    HttpResolver::new(&server.public_url).unwrap().with_timeout(Duration::from_secs(15))
}

/// Resolves a credential with kratos-core alone.
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

/// The query of a URL.
pub(crate) fn query(address: &str, name: &str) -> Option<String> {
    let address = url::Url::parse(address).unwrap();
    address.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The id of an error response.
pub(crate) fn error_id(answer: &Answer) -> String {
    answer.json()["error"]["id"].as_str().unwrap_or_default().to_owned()
}

/// Asserts the status and error id of a program's response.
pub(crate) fn assert_refused(answer: &Answer, status: u16, id: &str) {
    assert_eq!((answer.status.as_u16(), error_id(answer).as_str()), (status, id), "{answer:?}");
}

/// Asserts a redirect to a self-service flow of Kratos that returns.
pub(crate) fn assert_led(answer: &Answer, server: &Server, flow: &str, parameters: &[(&str, &str)]) {
    assert_eq!(answer.status, 303, "{answer:?}");
    let expected = server.public(&format!("/self-service/{flow}/browser"));
    let to = answer.location();
    assert_eq!(to.split('?').next().unwrap(), expected, "{answer:?}");
    for (name, value) in parameters {
        assert_eq!(query(to, name).as_deref(), Some(*value), "{answer:?}");
    }
}
