//! Guards by JWT: ours, clerk-rs and jwt-authorizer.

mod clerk;
mod jwt_authorizer;
mod signer;

use std::sync::Arc;

use http::{HeaderMap, header};
use kratos_core::{
    Kratos,
    credential::CredentialReader,
    resolve::{Jwks, JwtResolver},
};
pub use signer::Signer;

use crate::{
    fixture,
    in_process::{
        App,
        axum::{app, guarded},
    },
};

pub const ROUNDS: usize = 100;
pub const TIMES: usize = 8;

/// For one algorithm: ours on a cached JWT, ours on new ones, and the other crates on new ones too, although they cache
/// nothing: what a signature costs depends on whether the same one was verified just before.
pub fn apps(signer: &Arc<Signer>) -> Vec<App> {
    let repeated = headers(&signer.sign(0));
    // Enough that each is sent once, in the warm-up and in all rounds.
    let fresh: Vec<HeaderMap> = (1..=NEW).map(|number| headers(&signer.sign(number))).collect();
    let fresh = || {
        let mut fresh = fresh.clone().into_iter();
        move || fresh.next().unwrap()
    };
    let mut apps = vec![
        app(signer.name("kratos-axum, cached JWT"), guarded(ours(signer)), move || repeated.clone()),
        app(signer.name("kratos-axum, new JWT"), guarded(ours(signer)), fresh()),
        jwt_authorizer::app(signer, fresh()),
    ];
    if signer.is_rsa() {
        apps.push(clerk::app(signer, fresh()));
    }
    apps
}

/// The requests of an application's warm-up, the first round, and the rounds.
const NEW: usize = 200 + TIMES * (ROUNDS + 1);

fn ours(signer: &Signer) -> Kratos {
    let keys = Jwks::from_json(signer.jwks()).unwrap();
    let jwts = JwtResolver::new(keys).with_issuer(signer::ISSUER);
    Kratos::from_resolver(jwts).with_credentials(CredentialReader::default().with_jwt())
}

fn headers(token: &str) -> HeaderMap {
    fixture::headers(&[(header::AUTHORIZATION, &format!("Bearer {token}"))])
}
