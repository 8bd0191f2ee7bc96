//! clerk-rs, with a key in memory: its own cache of keys costs a little more.

use async_trait::async_trait;
use axum::{Router, body::Body, routing::get};
use clerk_rs::validators::{
    axum::ClerkLayer,
    jwks::{JwksKey, JwksProvider, JwksProviderError},
};
use http::HeaderMap;

use super::Signer;
use crate::in_process::{self, App};

struct AtHand(JwksKey);

#[async_trait]
impl JwksProvider for AtHand {
    type Error = JwksProviderError;

    async fn get_key(&self, _: &str) -> Result<JwksKey, JwksProviderError> {
        Ok(self.0.clone())
    }
}

pub fn app(signer: &Signer, headers: impl FnMut() -> HeaderMap + 'static) -> App {
    let key = JwksKey {
        use_key: signer.part("use"),
        kty: signer.part("kty"),
        kid: signer.part("kid"),
        alg: signer.part("alg"),
        n: signer.part("n"),
        e: signer.part("e"),
    };
    let router = Router::new().route("/account", get(in_process::axum::hello));
    let guarded = router.layer(ClerkLayer::new(AtHand(key), None, false));
    in_process::axum::app::<_, Body, _>(signer.name("clerk-rs"), guarded, headers)
}
