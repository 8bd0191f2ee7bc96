//! Keys made for a test, and JWTs signed by them.

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
        KeyPair as _, RsaKeyPair,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::aws_lc::DEFAULT_PROVIDER};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub(super) const SID: &str = "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d";
pub(super) const SUB: &str = "9ebc7ddf-0d64-4a4f-8163-b9597344e66d";

/// A private key, and its public half as a JWK.
pub(super) struct Signer {
    algorithm: Algorithm,
    private: EncodingKey,
    jwk: Value,
}

impl Signer {
    pub(super) fn new(kid: &str, algorithm: Algorithm) -> Self {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (private, mut jwk) = match algorithm {
            Algorithm::ES256 | Algorithm::ES384 => {
                let (with, curve) = match algorithm {
                    Algorithm::ES256 => (&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256"),
                    _ => (&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384"),
                };
                let key = EcdsaKeyPair::generate(with).unwrap();
                let (x, y) = key.public_key().as_ref()[1..].split_at(key.public_key().as_ref().len() / 2);
                let jwk = json!({"kty": "EC", "crv": curve, "x": text(x), "y": text(y)});
                (EncodingKey::from_ec_der(key.to_pkcs8v1().unwrap().as_ref()), jwk)
            }
            Algorithm::EdDSA => {
                let key = Ed25519KeyPair::generate().unwrap();
                let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": text(key.public_key().as_ref())});
                (EncodingKey::from_ed_der(key.to_pkcs8v1().unwrap().as_ref()), jwk)
            }
            _ => {
                let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
                let public = key.public_key();
                let (n, e) = (public.modulus(), public.exponent());
                let jwk = json!({"kty": "RSA", "n": text(n.big_endian_without_leading_zero()),
                    "e": text(e.big_endian_without_leading_zero())});
                let der: Pkcs8V1Der<'_> = key.as_der().unwrap();
                // Skips the 26 bytes of PKCS#8 before the RSAPrivateKey.
                (EncodingKey::from_rsa_der(&der.as_ref()[26..]), jwk)
            }
        };
        jwk["kid"] = kid.into();
        jwk["alg"] = format!("{algorithm:?}").into();
        jwk["use"] = "sig".into();
        Self { algorithm, private, jwk }
    }

    pub(super) fn es256(kid: &str) -> Self {
        Self::new(kid, Algorithm::ES256)
    }

    pub(super) fn jwk(&self) -> Value {
        self.jwk.clone()
    }

    pub(super) fn jwks(&self) -> Value {
        json!({"keys": [self.jwk]})
    }

    /// A JWT with this header and these claims.
    pub(super) fn sign_as(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signer = (DEFAULT_PROVIDER.signer_factory)(&self.algorithm, &self.private).unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signer.sign(message.as_bytes())))
    }

    pub(super) fn header(&self) -> Value {
        json!({"alg": self.jwk["alg"], "kid": self.jwk["kid"], "typ": "JWT"})
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.header(), claims)
    }
}

/// The claims of Kratos without a mapper, overridden by these; `null` removes one.
pub(super) fn claims(over: &Value) -> Value {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut claims = json!({"iss": "https://auth.example/", "sub": SUB, "sid": SID, "jti": "j", "iat": now,
        "nbf": now, "exp": now + 300});
    for (name, value) in over.as_object().unwrap().clone() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(&name),
            value => claims.as_object_mut().unwrap().insert(name, value),
        };
    }
    claims
}

/// Seconds from now as a numeric date.
pub(super) fn at(seconds: i64) -> i64 {
    OffsetDateTime::now_utc().unix_timestamp() + seconds
}
