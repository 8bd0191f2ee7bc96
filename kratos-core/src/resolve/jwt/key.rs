//! The keys that verify JWTs.

use jsonwebtoken::{
    DecodingKey,
    crypto::aws_lc::DEFAULT_PROVIDER,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde_json::Value;

use super::JwtAlgorithm;

/// The keys of a JWKS that can verify signatures.
#[derive(Debug)]
pub(super) struct Keys(Vec<Key>);

/// The keys that are tried for one JWT. Kratos' JWTs name their key; one that does not costs a verification for each.
const MOST_CANDIDATES: usize = 8;

#[derive(Debug)]
struct Key {
    id: Option<String>,
    algorithms: Vec<JwtAlgorithm>,
    key: DecodingKey,
}

impl Keys {
    /// Reads a JWKS. Skips keys of other kinds and for other uses. A JWKS without a usable key is an error that says
    /// what is wrong.
    pub(super) fn read(json: &[u8]) -> Result<Self, &'static str> {
        let value: Value = serde_json::from_slice(json).map_err(|_| "it is not JSON")?;
        let keys = value.get("keys").and_then(Value::as_array).ok_or("it has no `keys`")?;
        if keys.iter().any(|key| key.get("d").is_some()) {
            tracing::warn!(target: "kratos", "the JWKS holds private keys: publish the public halves only");
        }
        let keys: Vec<Key> = keys.iter().filter_map(Key::read).collect();
        if keys.is_empty() { Err("it holds no key that can verify a JWT") } else { Ok(Self(keys)) }
    }

    /// Whether a key fits a JWT of this header.
    pub(super) fn has(&self, id: Option<&str>, algorithm: JwtAlgorithm) -> bool {
        self.candidates(id, algorithm).next().is_some()
    }

    /// Whether a key verifies the signature.
    pub(super) fn signed(
        &self,
        id: Option<&str>,
        algorithm: JwtAlgorithm,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> bool {
        self.candidates(id, algorithm).any(|key| key.signed(algorithm, message, signature))
    }

    /// The keys that fit, all of them if the JWT names none, at most [`MOST_CANDIDATES`].
    fn candidates(&self, id: Option<&str>, algorithm: JwtAlgorithm) -> impl Iterator<Item = &Key> {
        self.0
            .iter()
            .filter(move |key| {
                key.algorithms.contains(&algorithm) && (id.is_none() || key.id.as_deref() == id)
            })
            .take(MOST_CANDIDATES)
    }

    /// Whether every key of `earlier` is here too, unchanged.
    pub(super) fn keeps(&self, earlier: &Self) -> bool {
        earlier.0.iter().all(|old| self.0.iter().any(|new| old.is_same(new)))
    }
}

impl Key {
    fn read(value: &Value) -> Option<Self> {
        let jwk: Jwk = serde_json::from_value(value.clone()).ok()?;
        if jwk.common.public_key_use.as_ref().is_some_and(|purpose| *purpose != PublicKeyUse::Signature) {
            return None;
        }
        let mut algorithms = match &jwk.algorithm {
            AlgorithmParameters::EllipticCurve(key) => match key.curve {
                EllipticCurve::P256 => vec![JwtAlgorithm::Es256],
                EllipticCurve::P384 => vec![JwtAlgorithm::Es384],
                _ => return None,
            },
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                vec![JwtAlgorithm::EdDsa]
            }
            AlgorithmParameters::RSA(_) => JwtAlgorithm::RSA.to_vec(),
            _ => return None,
        };
        // A key for one algorithm verifies no other.
        if let Some(name) = value.get("alg").filter(|name| !name.is_null()) {
            algorithms.retain(|algorithm| Some(algorithm.as_str()) == name.as_str());
        }
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        let id = jwk.common.key_id.filter(|id| !id.is_empty());
        (!algorithms.is_empty()).then_some(Self { id, algorithms, key })
    }

    /// Calls the provider directly: the process' default provider panics if two are compiled in.
    fn signed(&self, algorithm: JwtAlgorithm, message: &[u8], signature: &Vec<u8>) -> bool {
        let verifier = (DEFAULT_PROVIDER.verifier_factory)(&algorithm.to_library(), &self.key);
        verifier.is_ok_and(|verifier| verifier.verify(message, signature).is_ok())
    }

    fn is_same(&self, other: &Self) -> bool {
        use jsonwebtoken::DecodingKeyKind::{RsaModulusExponent, SecretOrDer};
        self.id == other.id
            && match (self.key.kind(), other.key.kind()) {
                (SecretOrDer(ours), SecretOrDer(theirs)) => ours == theirs,
                (RsaModulusExponent { n, e }, RsaModulusExponent { n: n_of_other, e: e_of_other }) => {
                    n == n_of_other && e == e_of_other
                }
                _ => false,
            }
    }
}
