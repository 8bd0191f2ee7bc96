//! Keys made for a run, and JWTs signed by them.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, aws_lc, rust_crypto},
    jwk::Jwk,
};
use serde_json::{Value, json};

use crate::alternate::Subject;

pub const ISSUER: &str = "https://auth.example/";

pub struct Signer {
    algorithm: Algorithm,
    private: EncodingKey,
    jwk: Value,
}

impl Signer {
    pub fn es256() -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let public = key.public_key().as_ref();
        let (x, y) = public[1..].split_at(public.len() / 2);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)});
        Self::new(Algorithm::ES256, EncodingKey::from_ec_der(key.to_pkcs8v1().unwrap().as_ref()), jwk)
    }

    pub fn rs256() -> Self {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let (n, e) = (key.public_key().modulus(), key.public_key().exponent());
        let (n, e) = (n.big_endian_without_leading_zero(), e.big_endian_without_leading_zero());
        let jwk = json!({"kty": "RSA", "n": text(n), "e": text(e)});
        let der: Pkcs8V1Der<'_> = key.as_der().unwrap();
        // PKCS#8 has 26 bytes before the RSAPrivateKey that the library takes.
        Self::new(Algorithm::RS256, EncodingKey::from_rsa_der(&der.as_ref()[26..]), jwk)
    }

    fn new(algorithm: Algorithm, private: EncodingKey, mut jwk: Value) -> Self {
        jwk["kid"] = "key".into();
        jwk["alg"] = format!("{algorithm:?}").into();
        jwk["use"] = "sig".into();
        Self { algorithm, private, jwk }
    }

    pub fn is_rsa(&self) -> bool {
        self.algorithm == Algorithm::RS256
    }

    /// The name of a subject with this algorithm.
    pub fn name(&self, what: &str) -> &'static str {
        format!("{what}, {:?}", self.algorithm).leak()
    }

    pub fn jwks(&self) -> String {
        json!({"keys": [self.jwk]}).to_string()
    }

    pub fn part(&self, name: &str) -> String {
        self.jwk[name].as_str().unwrap().to_owned()
    }

    /// The `number`th JWT, as Kratos makes them.
    pub fn sign(&self, number: usize) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let claims = json!({"iss": ISSUER, "sub": "9ebc7ddf-0d64-4a4f-8163-b9597344e66d",
            "sid": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d", "jti": number.to_string(),
            "iat": now, "nbf": now - 1, "exp": now + 3600});
        let header = json!({"alg": self.jwk["alg"], "kid": "key", "typ": "JWT"});
        let message = format!("{}.{}", text(header.to_string()), text(claims.to_string()));
        let signer = (aws_lc::DEFAULT_PROVIDER.signer_factory)(&self.algorithm, &self.private).unwrap();
        format!("{message}.{}", text(signer.sign(message.as_bytes())))
    }

    /// Verifies one signature with each backend of jsonwebtoken.
    pub fn backends(&self) -> Vec<Subject<'_>> {
        let key: Jwk = serde_json::from_value(self.jwk.clone()).unwrap();
        let key = DecodingKey::from_jwk(&key).unwrap();
        let token = self.sign(0);
        let (message, signature) = token.rsplit_once('.').unwrap();
        let (message, signature) = (message.to_owned(), URL_SAFE_NO_PAD.decode(signature).unwrap());
        let checks = |name, provider: &'static CryptoProvider| {
            let (key, message, signature) = (key.clone(), message.clone(), signature.clone());
            Subject::new(
                self.name(name),
                || (),
                move |()| {
                    let verifier = (provider.verifier_factory)(&self.algorithm, &key).unwrap();
                    verifier.verify(message.as_bytes(), &signature).unwrap();
                },
            )
        };
        vec![
            checks("aws_lc_rs", &aws_lc::DEFAULT_PROVIDER),
            checks("rust_crypto", &rust_crypto::DEFAULT_PROVIDER),
        ]
    }
}

fn text(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
