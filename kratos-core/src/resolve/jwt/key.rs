//! The keys that verify JWTs.

use aws_lc_rs::signature::ParsedPublicKey;
use jsonwebtoken::{
    DecodingKey,
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
    /// The key as each algorithm that it verifies needs it.
    verifiers: Vec<(JwtAlgorithm, ParsedPublicKey)>,
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
        signature: &[u8],
    ) -> bool {
        self.candidates(id, algorithm).any(|verifier| verifier.verify_sig(message, signature).is_ok())
    }

    /// The keys that fit, all of them if the JWT names none, at most [`MOST_CANDIDATES`].
    fn candidates(
        &self,
        id: Option<&str>,
        algorithm: JwtAlgorithm,
    ) -> impl Iterator<Item = &ParsedPublicKey> {
        let named = self.0.iter().filter(move |key| id.is_none() || key.id.as_deref() == id);
        let verifiers = named.flat_map(|key| &key.verifiers);
        let fitting = verifiers.filter(move |(its, _)| *its == algorithm).map(|(_, verifier)| verifier);
        fitting.take(MOST_CANDIDATES)
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
        let parse = |algorithm: JwtAlgorithm| Some((algorithm, algorithm.parse(&key)?));
        let verifiers: Vec<_> = algorithms.into_iter().filter_map(parse).collect();
        (!verifiers.is_empty()).then_some(Self { id, verifiers })
    }

    fn is_same(&self, other: &Self) -> bool {
        let bytes = |(algorithm, verifier): &(JwtAlgorithm, ParsedPublicKey)| {
            (*algorithm, verifier.as_ref().to_vec())
        };
        self.id == other.id && self.verifiers.iter().map(bytes).eq(other.verifiers.iter().map(bytes))
    }
}
