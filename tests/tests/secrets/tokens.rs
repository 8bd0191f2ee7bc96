//! JWTs: those issued for a session, and those in a request.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use kratos_core::{
    Kratos,
    client::Client,
    credential::CredentialReader,
    policy::{RequestView, Requirement},
    resolve::{HttpResolver, Jwks, JwtResolver},
    tokenize::SessionTokenizer,
};
use kratos_testkit::TestKratos;

use crate::shown::{debugged, error, secret};

/// The template that the testkit knows.
pub const TEMPLATE: &str = "secrets";

/// An application that accepts and issues JWTs.
pub fn sessions(kratos: &TestKratos, client: &Client) -> Kratos {
    let keys = Jwks::from_url(&format!("{}/.well-known/jwks.json", kratos.public_url())).unwrap();
    let keys = keys.with_cooldown(Duration::ZERO);
    let resolver = JwtResolver::new(keys).with_sessions(HttpResolver::new(kratos.public_url()).unwrap());
    Kratos::from_resolver(resolver)
        .with_credentials(CredentialReader::default().with_jwt())
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url(kratos.public_url())
        .unwrap()
        .with_tokenizer(SessionTokenizer::new(client.clone()))
}

/// Tokenizes the session and formats the result, intact and broken. Returns the JWT, if Kratos issued one.
pub async fn journey(sessions: &Kratos, cookie: &str) -> Option<String> {
    let mut headers = HeaderMap::new();
    headers.insert("cookie", HeaderValue::try_from(cookie).unwrap());
    let made = sessions.request(&headers).jwt(TEMPLATE, &RequestView::new("GET", "/", &headers)).await;
    let token = match made {
        Ok(token) => {
            debugged(&token);
            debugged(&token.to_header());
            Some(token.expose_secret().to_owned())
        }
        Err(answer) => {
            error(answer.refusal());
            None
        }
    };
    let broken = token.as_ref().map(|token| format!("{token}{}", secret("signature")));
    // {"alg":"ES256"}, and an invalid claim set.
    let made_up = format!("eyJhbGciOiJFUzI1NiJ9.{}.{}", secret("claims"), secret("signature"));
    for jwt in token.iter().chain(&broken).chain([&made_up]) {
        headers.insert("authorization", HeaderValue::try_from(format!("Bearer {jwt}")).unwrap());
        let request = RequestView::new("GET", "/", &headers);
        let session = sessions.request(&headers);
        for requirement in [Requirement::signed_in(), Requirement::signed_in().with_live_session()] {
            if let Err(answer) = session.require(&requirement, &request).await {
                error(answer.refusal());
            }
        }
        debugged(&session);
        debugged(&session.credential());
        session.forget().await;
    }
    token
}
