//! The settings of a fleet.

use std::{fmt, sync::Arc, time::Duration};

use super::{FleetStore, seal::SealingKeys};
use crate::{kratos::secret::Secret, transport::ConfigError};

/// The fleet that a process belongs to: its store, and how far behind it may be.
///
/// ```
/// use std::time::Duration;
///
/// use kratos_core::{Kratos, fleet::{Fleet, InProcessStore}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let secret = [7; 32];
/// let store = InProcessStore::new(); // kratos_redis::RedisStore, for example
/// let kratos = Kratos::new("http://127.0.0.1:4433")?
///     .with_secret(secret)? // the same in every process
///     .with_cache(Duration::from_secs(300))
///     .with_fleet(Fleet::new(store))?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Fleet {
    pub(super) store: Arc<dyn FleetStore>,
    pub(super) bound: Duration,
    pub(super) timeout: Duration,
    pub(super) lease: Duration,
    pub(super) is_cached_while_away: bool,
    sealing: Option<Secret>,
    accepted: Vec<Secret>,
}

const LEAST_BOUND: Duration = Duration::from_millis(100);
const LONGEST_BOUND: Duration = Duration::from_secs(60);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

impl Fleet {
    /// Uses this store, with the defaults: a bound of 1 s, a timeout of 100 ms, a lease of 1 s, [`Fleet::fail_live`].
    #[must_use]
    pub fn new(store: impl FleetStore + 'static) -> Self {
        Self {
            store: Arc::new(store),
            bound: Duration::from_secs(1),
            timeout: Duration::from_millis(100),
            lease: Duration::from_secs(1),
            is_cached_while_away: false,
            sealing: None,
            accepted: Vec::new(),
        }
    }

    /// Sets for how long memory may be used after the log was last read: the time after which an acknowledged revocation is
    /// in effect in every process. Default: 1 s; from 100 ms to 1 min. The log is read five times within it.
    #[must_use]
    pub fn with_bound(mut self, bound: Duration) -> Self {
        self.bound = bound.clamp(LEAST_BOUND, LONGEST_BOUND);
        self
    }

    /// Sets for how long a request waits for one call of the store. Default: 100 ms; at most 10 s. A request whose store
    /// does not answer in time calls Kratos.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(LONGEST_WAIT);
        self
    }

    /// Sets for how long one process alone may call Kratos for a credential that the store does not have, while the others
    /// wait for its entry. Default: 1 s; at most 10 s. Zero: every process calls.
    #[must_use]
    pub fn with_lease(mut self, time: Duration) -> Self {
        self.lease = time.min(LONGEST_WAIT);
        self
    }

    /// Ignores memory while the log cannot be read, and calls Kratos: one call a credential and process at a time, within the
    /// circuit breaker's limits. This is the default.
    #[must_use]
    pub fn fail_live(mut self) -> Self {
        self.is_cached_while_away = false;
        self
    }

    /// Uses memory to its TTL while the log cannot be read, and logs a warning. A session that is revoked meanwhile stays
    /// valid until then: choose a short TTL.
    #[must_use]
    pub fn fail_cached(mut self) -> Self {
        self.is_cached_while_away = true;
        self
    }

    /// Seals with a key of this secret. Default: the secret of [`Kratos::with_secret`](crate::Kratos::with_secret).
    ///
    /// To rotate: add the new secret as an [accepted](Self::with_accepted_secret) one in every process, then seal with it and
    /// accept the old one in every process, then remove the old one. A process that cannot open a record drops its memory.
    ///
    /// # Errors
    /// When the secret is shorter than 32 bytes.
    pub fn with_sealing_secret(mut self, secret: impl AsRef<[u8]>) -> Result<Self, ConfigError> {
        self.sealing = Some(Secret::new(secret.as_ref())?);
        Ok(self)
    }

    /// Also opens what was sealed with this secret.
    ///
    /// # Errors
    /// When the secret is shorter than 32 bytes.
    pub fn with_accepted_secret(mut self, secret: impl AsRef<[u8]>) -> Result<Self, ConfigError> {
        self.accepted.push(Secret::new(secret.as_ref())?);
        Ok(self)
    }

    /// How often the log is read.
    pub(super) fn interval(&self) -> Duration {
        self.bound / 5
    }

    /// How long a read of the log may take.
    pub(super) fn patience(&self) -> Duration {
        self.bound / 2
    }

    pub(super) fn keys(&self, secret: &Secret) -> SealingKeys {
        let mut keys = SealingKeys::default();
        for secret in std::iter::once(self.sealing.as_ref().unwrap_or(secret)).chain(&self.accepted) {
            let id = secret.derived("kratos fleet sealing key id, 1");
            keys.push(id, &secret.derived("kratos fleet sealing key, 1"));
        }
        keys
    }
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fleet")
            .field("bound", &self.bound)
            .field("timeout", &self.timeout)
            .field("lease", &self.lease)
            .field("fail_cached", &self.is_cached_while_away)
            .finish_non_exhaustive()
    }
}
