//! Credentials as cache keys.

use std::hash::{Hash, Hasher};

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use uuid::Uuid;

/// Stands for a credential where the credential itself must not lie: a 128-bit keyed hash (SipHash-1-3,
/// whose best known collision succeeds once in 2^167 tries of somebody who does not know the key).
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
pub struct CacheKeyHasher(SipHasher13);

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
        Self(SipHasher13::new_with_key(&secret))
    }

    pub(super) fn hash(&self, space: u8, bytes: &[u8]) -> CacheKey {
        let mut hasher = self.0;
        hasher.write_u8(space);
        hasher.write(bytes);
        CacheKey(hasher.finish128().as_bytes())
    }
}

impl std::fmt::Debug for CacheKeyHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CacheKeyHasher([redacted])")
    }
}
