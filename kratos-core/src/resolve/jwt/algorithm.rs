//! The signature algorithms of JWTs.

use aws_lc_rs::signature::{self, ParsedPublicKey, RsaParameters, RsaPublicKeyComponents};
use jsonwebtoken::{DecodingKey, DecodingKeyKind};

/// A signature algorithm of JWTs. All are asymmetric, so that a verifier cannot sign. `none` and the `HS…` family,
/// which Kratos' keys may name, are not supported; nor is `ES512`, which jsonwebtoken lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
    /// RSA PKCS#1 with SHA-256, keys of 2048 bits and more.
    Rs256,
    /// RSA PKCS#1 with SHA-384.
    Rs384,
    /// RSA PKCS#1 with SHA-512.
    Rs512,
    /// RSA PSS with SHA-256.
    Ps256,
    /// RSA PSS with SHA-384.
    Ps384,
    /// RSA PSS with SHA-512.
    Ps512,
}

impl JwtAlgorithm {
    /// All algorithms.
    pub(super) const ALL: [Self; 9] = [
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
    ];
    pub(super) const RSA: [Self; 6] =
        [Self::Rs256, Self::Rs384, Self::Rs512, Self::Ps256, Self::Ps384, Self::Ps512];

    /// The name in a JWT's header and in a key (`alg`).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// Parses a key for this algorithm. Parsing takes longer than verifying a signature.
    pub(super) fn parse(self, key: &DecodingKey) -> Option<ParsedPublicKey> {
        match key.kind() {
            DecodingKeyKind::SecretOrDer(bytes) => match self {
                Self::Es256 => ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, bytes).ok(),
                Self::Es384 => ParsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, bytes).ok(),
                Self::EdDsa => ParsedPublicKey::new(&signature::ED25519, bytes).ok(),
                _ => None,
            },
            DecodingKeyKind::RsaModulusExponent { n, e } => {
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(self.rsa()?).ok()
            }
        }
    }

    /// Keys of less than 2048 bits verify nothing.
    fn rsa(self) -> Option<&'static RsaParameters> {
        match self {
            Self::Es256 | Self::Es384 | Self::EdDsa => None,
            Self::Rs256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
            Self::Rs384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
            Self::Rs512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
            Self::Ps256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
            Self::Ps384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
            Self::Ps512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        }
    }
}
