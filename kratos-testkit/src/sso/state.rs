//! The codes that the provider issued, and its key.

use std::collections::VecDeque;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::world::secret;
use crate::world::token::SigningKey;

/// The number of codes that wait to be redeemed. The oldest is dropped.
const MOST_CODES: usize = 1000;
/// The lifespan of a code and of an ID token.
const LIFESPAN: Duration = Duration::minutes(5);

/// The provider's state. Debug omits it: it holds codes.
pub(crate) struct State {
    pub(super) issuer: String,
    key: SigningKey,
    grants: VecDeque<(String, Grant)>,
}

/// What a code stands for.
pub(super) struct Grant {
    pub(super) email: String,
    pub(super) client: String,
    pub(super) redirect: String,
    pub(super) nonce: Option<String>,
    /// The PKCE challenge (S256).
    pub(super) challenge: Option<String>,
    pub(super) expires_at: OffsetDateTime,
}

/// The claims of an ID token about its user.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    pub(crate) subject: String,
    pub(crate) email: String,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl State {
    pub(super) fn new(issuer: String) -> Self {
        Self { issuer, key: SigningKey::new(), grants: VecDeque::new() }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(super) fn jwks(&self) -> Value {
        self.key.jwks()
    }

    /// Issues a code.
    pub(super) fn grant(&mut self, mut grant: Grant) -> String {
        let code = secret::token("");
        grant.expires_at = OffsetDateTime::now_utc() + LIFESPAN;
        self.grants.push_back((code.clone(), grant));
        if self.grants.len() > MOST_CODES {
            self.grants.pop_front();
        }
        code
    }

    /// Redeems a code, once. Returns the claims about its user, and its nonce.
    pub(crate) fn redeem(
        &mut self,
        code: &str,
        client: &str,
        redirect: &str,
        verifier: &str,
    ) -> Option<(Claims, Option<String>)> {
        let place = self.grants.iter().position(|(known, _)| secret::is_same(known, code))?;
        let (_, grant) = self.grants.remove(place)?;
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let is_good = grant.client == client
            && grant.redirect == redirect
            && grant.expires_at > OffsetDateTime::now_utc()
            && grant.challenge.is_none_or(|challenge| secret::is_same(&challenge, &proof));
        let subject = format!("sub-{}", grant.email);
        is_good.then_some((Claims { subject, email: grant.email }, grant.nonce))
    }

    /// Returns the ID token of these claims.
    pub(super) fn id_token(&self, client: &str, claims: &Claims, nonce: Option<&str>) -> String {
        let now = OffsetDateTime::now_utc();
        let mut token = json!({
            "iss": self.issuer, "aud": client, "sub": claims.subject, "email": claims.email, "email_verified": true,
            "iat": now.unix_timestamp(), "exp": (now + LIFESPAN).unix_timestamp(),
        });
        if let (Some(nonce), Value::Object(token)) = (nonce, &mut token) {
            token.insert("nonce".into(), nonce.into());
        }
        self.key.sign(&token)
    }
}
