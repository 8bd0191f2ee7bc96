//! The one secret of an application.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use uuid::Uuid;

use crate::{credential::CacheKeyHasher, transport::ConfigError};

/// The secret that every key of the application is derived from.
#[derive(Clone)]
pub(crate) struct Secret {
    hkdf: Hkdf<Sha256>,
}

/// The shortest secret, in bytes.
const SHORTEST: usize = 32;

impl Secret {
    pub(crate) fn new(secret: &[u8]) -> Result<Self, ConfigError> {
        if secret.len() < SHORTEST {
            let found = secret.len();
            return Err(ConfigError::new(format!(
                "the secret (Kratos::with_secret) has {found} bytes: use at least {SHORTEST} random bytes"
            )));
        }
        Ok(Self { hkdf: Hkdf::new(None, secret) })
    }

    pub(super) fn random() -> Self {
        let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
        Self { hkdf: Hkdf::new(None, &[*a.as_bytes(), *b.as_bytes()].concat()) }
    }

    /// The keys of the session cache.
    pub(crate) fn cache_keys(&self) -> CacheKeyHasher {
        CacheKeyHasher::with_secret(self.derived("kratos session cache keys, 1"), "")
    }

    /// The key of the loop breaker's cookie.
    pub(super) fn hop_key(&self) -> [u64; 2] {
        let key = u128::from_le_bytes(self.derived("kratos login loop cookie, 1"));
        let low = u64::try_from(key & u128::from(u64::MAX)).unwrap_or_default();
        [low, u64::try_from(key >> 64).unwrap_or_default()]
    }

    pub(crate) fn derived<const N: usize>(&self, purpose: impl AsRef<[u8]>) -> [u8; N] {
        let mut key = [0; N];
        // Fails only for keys of more than 8,160 bytes.
        let _ = self.hkdf.expand(purpose.as_ref(), &mut key);
        key
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn each_purpose_and_each_secret_has_its_own_key() {
        let secret = |byte: u8| Secret::new(&[byte; 32]).unwrap();
        let key = |secret: &Secret, purpose: &str| secret.derived::<16>(purpose);
        assert_eq!(key(&secret(1), "a"), key(&secret(1), "a"));
        assert_ne!(key(&secret(1), "a"), key(&secret(1), "b"));
        assert_ne!(key(&secret(1), "a"), key(&secret(2), "a"));
        assert_ne!(key(&Secret::random(), "a"), key(&Secret::random(), "a"));
        assert_ne!(key(&secret(1), "a"), [0; 16]);
        let [a, b] = secret(1).hop_key();
        assert!(a != 0 && b != 0 && a != b);
        assert_ne!(secret(1).hop_key(), secret(2).hop_key());
    }

    #[test]
    fn a_short_secret_is_refused_without_showing_it() {
        let error = Secret::new(b"hunter2").unwrap_err().to_string();
        assert!(error.contains("7 bytes") && !error.contains("hunter2"), "{error}");
        assert_eq!(format!("{:?}", Secret::random()), "Secret([redacted])");
    }
}
