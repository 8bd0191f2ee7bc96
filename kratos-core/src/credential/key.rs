//! Credentials as cache keys.

use std::hash::{Hash, Hasher};

use highway::{HighwayHash as _, HighwayHasher, Key};
use uuid::Uuid;

/// Stands for a credential where the credential itself must not lie: 128 bits of a keyed hash (HighwayHash, made
/// against floods by people who do not know the key; a third of SipHash's instructions for a cookie of Kratos).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CacheKey([u8; 16]);

impl CacheKey {
    /// The hash, for a store of your own.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Half of the key: it is a hash already.
impl Hash for CacheKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [half @ .., _, _, _, _, _, _, _, _] = self.0;
        state.write_u64(u64::from_le_bytes(half));
    }
}

/// Makes cache keys with a secret of its own, so that nobody can compute the key of a guessed credential or
/// find two credentials with one key.
#[derive(Clone)]
pub struct CacheKeyHasher([u64; 2]);

impl CacheKeyHasher {
    /// A hasher with a random secret: its keys mean something in this process only.
    #[must_use]
    pub fn random() -> Self {
        Self::with_secret(*Uuid::new_v4().as_bytes())
    }

    /// A hasher with this secret, for processes that share a store. Whoever knows the secret can tell whether a
    /// credential that they hold is in the store.
    #[must_use]
    pub fn with_secret(secret: [u8; 16]) -> Self {
        let [a @ .., _, _, _, _, _, _, _, _] = secret;
        let [_, _, _, _, _, _, _, _, b @ ..] = secret;
        Self([u64::from_le_bytes(a), u64::from_le_bytes(b)])
    }

    pub(super) fn hash(&self, space: u8, bytes: &[u8]) -> CacheKey {
        let [a, b] = self.0;
        // The space is part of the key: hashes of two spaces have nothing in common.
        let [low, high] = HighwayHasher::new(Key([a, b, u64::from(space), 0])).hash128(bytes);
        let mut key = [0; 16];
        let (first, second) = key.split_at_mut(8);
        first.copy_from_slice(&low.to_le_bytes());
        second.copy_from_slice(&high.to_le_bytes());
        CacheKey(key)
    }
}

impl std::fmt::Debug for CacheKeyHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CacheKeyHasher([redacted])")
    }
}
