//! The application, written with each framework. Every page exists without a cache, with one,
//! and for JWTs.

pub(crate) mod actix;
pub(crate) mod axum;

use std::time::Duration;

use kratos_core::Kratos;
use kratos_core::client::Client;
use kratos_core::credential::CredentialReader;
use kratos_core::resolve::{CachingResolver, HttpResolver, Jwks, JwtResolver};
use kratos_testkit::TestKratos;

/// The resolvers' timeout, which limits how long an unresponsive Kratos holds a request.
const TIMEOUT: Duration = Duration::from_millis(500);
/// The TTL of cache entries.
const REMEMBERED: Duration = Duration::from_secs(5);

/// The resolvers of the application's parts.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) live: Kratos,
    pub(crate) cached: Kratos,
    pub(crate) token: Kratos,
}

/// The resolvers with this Kratos as their upstream.
pub(crate) fn sessions(kratos: &TestKratos) -> Parts {
    let resolver = || HttpResolver::new(kratos.public_url()).expect("a resolver").with_timeout(TIMEOUT);
    let cache = CachingResolver::new(resolver(), REMEMBERED)
        .with_negative_ttl(Duration::from_secs(1))
        .with_stale_if_error(Duration::from_secs(15));
    let client = Client::new(kratos.public_url()).expect("a client").with_timeout(TIMEOUT);
    let whole = |sessions: Kratos| {
        sessions
            .with_app("http://127.0.0.1:4455")
            .expect("links")
            .with_browser_url(kratos.public_url())
            .expect("links")
            .with_client(client.clone())
    };
    let keys = Jwks::from_url(&format!("{}/.well-known/jwks.json", kratos.public_url())).expect("keys");
    let keys = keys.with_timeout(TIMEOUT).with_max_age(Duration::from_secs(60));
    let issuer = format!("{}/", kratos.public_url());
    let tokens = JwtResolver::new(keys).with_issuer(issuer).with_sessions(cache.clone());
    Parts {
        live: whole(Kratos::from_resolver(resolver())),
        cached: whole(Kratos::from_resolver(cache)),
        token: whole(Kratos::from_resolver(tokens)).with_credentials(CredentialReader::default().with_jwt()),
    }
}
