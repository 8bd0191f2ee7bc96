//! Credentials as cache keys.

use std::hash::{Hash, Hasher};

use highway::{HighwayHash as _, HighwayHasher, Key};
use uuid::Uuid;

/// A keyed hash stored in place of a credential: 128 bits of HighwayHash, which resists collisions by callers that do
/// not know the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CacheKey([u8; 16]);

impl CacheKey {
    /// The hash, for a custom store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The key with these bytes, as another process of the fleet computed it.
    #[cfg(feature = "fleet")]
    pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The key for one of several entries of a credential.
    pub(crate) fn labelled(&self, hasher: &CacheKeyHasher, label: &str) -> Self {
        let mut hash = hasher.start(LABELLED);
        hash.append(&self.0);
        hash.append(label.as_bytes());
        Self::finish(hash)
    }

    fn finish(hash: HighwayHasher) -> Self {
        let [low, high] = hash.finalize128();
        Self((u128::from(high) << 64 | u128::from(low)).to_le_bytes())
    }
}

/// The space of [`CacheKey::labelled`]; credentials have the spaces below.
const LABELLED: u8 = 3;

/// Writes half of the key, which is a hash already.
impl Hash for CacheKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [half @ .., _, _, _, _, _, _, _, _] = self.0;
        state.write_u64(u64::from_le_bytes(half));
    }
}

/// Computes cache keys under a secret, without which the key of a guessed credential cannot be computed and no two
/// credentials with one key can be found.
#[derive(Clone)]
pub struct CacheKeyHasher([u64; 2]);

impl CacheKeyHasher {
    /// Creates a hasher with a random secret. Its keys are valid in this process only.
    #[must_use]
    pub fn random() -> Self {
        Self::with_secret(*Uuid::new_v4().as_bytes(), "")
    }

    /// Creates a hasher with this secret, for processes that share a store. The secret allows to test whether a known
    /// credential is in the store.
    ///
    /// `namespace` names the tenant, or whatever else must not share entries: hashers with one secret and distinct
    /// namespaces never make the same key. Processes that share entries use the same namespace.
    #[must_use]
    pub fn with_secret(secret: [u8; 16], namespace: &str) -> Self {
        let [a @ .., _, _, _, _, _, _, _, _] = secret;
        let [_, _, _, _, _, _, _, _, b @ ..] = secret;
        let [a, b] = [u64::from_le_bytes(a), u64::from_le_bytes(b)];
        // A secret for each namespace. No credential is hashed with this key: its last word is never 1 in `hash`.
        Self(HighwayHasher::new(Key([a, b, 0, 1])).hash128(namespace.as_bytes()))
    }

    pub(super) fn hash(&self, space: u8, bytes: &[u8]) -> CacheKey {
        let mut hash = self.start(space);
        hash.append(bytes);
        CacheKey::finish(hash)
    }

    /// The space is part of the key: hashes of two spaces have nothing in common.
    fn start(&self, space: u8) -> HighwayHasher {
        let [a, b] = self.0;
        HighwayHasher::new(Key([a, b, u64::from(space), 0]))
    }
}

impl std::fmt::Debug for CacheKeyHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CacheKeyHasher([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_secret_namespace_space_and_credential_counts() {
        let hasher = |changed: usize| {
            let mut secret = [7; 16];
            secret.iter_mut().skip(changed).take(1).for_each(|byte| *byte ^= 1);
            CacheKeyHasher::with_secret(secret, "a")
        };
        let bytes = [b'x'; 447];
        let unchanged = hasher(16).hash(1, &bytes);
        assert_eq!(hasher(16).hash(1, &bytes), unchanged);
        for byte in 0..16 {
            assert_ne!(hasher(byte).hash(1, &bytes), unchanged, "byte {byte} of the secret");
        }
        for namespace in ["", "b", "A", "aa"] {
            let other = CacheKeyHasher::with_secret([7; 16], namespace);
            assert_ne!(other.hash(1, &bytes), unchanged, "namespace {namespace:?}");
        }
        assert_ne!(hasher(16).hash(0, &bytes), unchanged, "the space");
        for place in 0..bytes.len() {
            let mut other = bytes;
            other.iter_mut().skip(place).take(1).for_each(|byte| *byte = b'y');
            assert_ne!(hasher(16).hash(1, &other), unchanged, "byte {place} of the credential");
        }
        let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
        assert_ne!(hasher(16).hash(1, &longer), unchanged, "its length");
    }

    /// Processes of other releases and architectures may share a store.
    #[test]
    fn keys_stay_as_they_are() {
        let key =
            CacheKeyHasher::with_secret(*b"0123456789abcdef", "shop").hash(1, b"ory_kratos_session=MTcw");
        let known = "067bb4a08cb33df6c48277cb12b4671b";
        let hex: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, known);
    }
}
