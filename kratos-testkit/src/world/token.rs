//! Sessions as JWTs (`tokenize_as`), and the keys that verify them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::SecretKey;
use p256::ecdsa::{
    Signature, SigningKey as EcdsaKey,
    signature::{Signer, Verifier},
};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use rand::RngExt;
use serde_json::{Value, json};
use uuid::Uuid;

use super::World;
use super::session::{Session, signed};

/// The server's ES256 key, generated at its start. Debug omits it.
pub(crate) struct SigningKey {
    secret: SecretKey,
}

impl SigningKey {
    pub(crate) fn new() -> Self {
        // draws again if the scalar is out of range
        loop {
            let mut bytes = [0_u8; 32];
            rand::rng().fill(&mut bytes[..]);
            if let Ok(secret) = SecretKey::from_slice(&bytes) {
                return Self { secret };
            }
        }
    }

    /// Returns the public key as a JWKS.
    pub(crate) fn jwks(&self) -> Value {
        let point = self.secret.public_key().to_encoded_point(false);
        let text =
            |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.map_or(&[][..], |b| &b[..]));
        json!({"keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "testkit",
            "x": text(point.x()), "y": text(point.y()),
        }]})
    }

    /// Returns the claims of a JWT that this key signed, whatever its age.
    pub(crate) fn verified(&self, jwt: &str) -> Option<Value> {
        let (message, signature) = jwt.rsplit_once('.')?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        EcdsaKey::from(&self.secret).verifying_key().verify(message.as_bytes(), &signature).ok()?;
        let (_, claims) = message.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    /// Signs the claims as a JWT (RFC 7515).
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": "ES256", "kid": "testkit", "typ": "JWT"});
        let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let message = format!("{header}.{claims}");
        let signature: Signature = EcdsaKey::from(&self.secret).sign(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

impl World {
    /// Returns the session as a JWT of this template, if the template exists.
    pub(crate) fn tokenize(&self, session: &Session, template: &str) -> Option<String> {
        let life = self.config.templates.get(template)?;
        let now = self.now();
        let claims = json!({
            "iss": format!("{}/", self.public_url),
            "sub": session.identity,
            "sid": session.id,
            "jti": Uuid::new_v4(),
            "iat": now.unix_timestamp(),
            "nbf": now.unix_timestamp(),
            "exp": (now + signed(*life)).unix_timestamp(),
        });
        Some(self.signing_key.sign(&claims))
    }
}
