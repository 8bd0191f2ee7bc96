//! JWTs, and the resolver that verifies them.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use kratos_core::{
    Kratos,
    client::Client,
    credential::{Credential, CredentialReader},
    resolve::{Jwks, JwtResolver, SessionResolver},
};
use kratos_testkit::TestKratos;

use super::resolvers::{APP, AUTH};

/// A JWT whose session consists of ids alone, and the keys that verify it.
struct Signed {
    jwt: String,
    jwks: String,
}

/// Issued by a testkit, once.
fn signed() -> &'static Signed {
    static SIGNED: OnceLock<Signed> = OnceLock::new();
    SIGNED.get_or_init(|| {
        // On a separate thread: a runtime cannot be entered from within another.
        let made = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let kratos = TestKratos::builder().with_jwt_template("jwt", Duration::from_secs(3600));
                let kratos = kratos.start().await.unwrap();
                let ada = kratos.identity("ada@example.org").create();
                let carried = Credential::session_token(kratos.session(&ada).create().session_token());
                let client = Client::new(kratos.public_url()).unwrap();
                let session = client.to_session_tokenized(&carried, "jwt").await.unwrap().drop_cookies();
                let keys = client.raw(http::Method::GET, "/.well-known/jwks.json").send().await.unwrap();
                let jwks = String::from_utf8(keys.drop_cookies().body().to_vec()).unwrap();
                Signed { jwt: session.tokenized.unwrap().expose_secret().to_owned(), jwks }
            })
        });
        made.join().unwrap()
    })
}

/// The JWT as a header.
pub fn bearer() -> String {
    format!("Bearer {}", signed().jwt)
}

/// A resolver that has the keys.
pub fn with_keys() -> JwtResolver {
    JwtResolver::new(Jwks::from_json(signed().jwks.clone()).unwrap())
}

/// A resolver whose keys are behind the fault. All cells share one fetch, as it may take long.
pub fn keys_at(url: &str, patience: Duration, client: Option<reqwest::Client>) -> Arc<JwtResolver> {
    let jwks = Jwks::from_url(url).unwrap();
    let jwks = client.into_iter().fold(jwks, Jwks::with_client).with_timeout(patience);
    let is_slow = patience < Duration::from_secs(1);
    let jwks = if is_slow { jwks } else { jwks.with_cooldown(Duration::ZERO) };
    Arc::new(JwtResolver::new(jwks))
}

/// The setup of an application that accepts JWTs.
pub fn sessions(resolver: impl SessionResolver + 'static) -> Kratos {
    Kratos::from_resolver(resolver)
        .with_credentials(CredentialReader::default().with_jwt())
        .with_app(APP)
        .unwrap()
        .with_browser_url(AUTH)
        .unwrap()
}
