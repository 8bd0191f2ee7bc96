//! Looks an entry up in the store, and decides which process calls Kratos.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use tokio::runtime::Handle;

use super::{
    super::{
        Lease,
        entry::{self, Entry},
        knowledge::Seen,
        seal::{OVERHEAD, Purpose},
        ticks,
    },
    Member, Shared,
};
use crate::{
    credential::CacheKey,
    metrics::{self, FleetLease},
    model::{Session, Timestamp},
    resolve::{CachedSession, Revocation},
};

/// What the store has of a credential.
pub(crate) enum Found {
    /// An entry that may be used.
    Entry(CachedSession),
    /// Nothing: Kratos is to be called.
    Nothing(Place),
}

/// The place of an answer of Kratos in the store. Dropping it without an answer opens the lease.
pub(crate) struct Place {
    shared: Arc<Shared>,
    key: CacheKey,
    /// What of the log was applied before Kratos is called.
    seen: Option<Seen>,
    is_leased: bool,
    /// Whether the store was looked at.
    is_looked_up: bool,
}

/// The largest entry, sealed, in bytes. A session has 1 to 2 KB.
const LARGEST: usize = 64 * 1024;
const FIRST_PAUSE: Duration = Duration::from_millis(4);
const LONGEST_PAUSE: Duration = Duration::from_millis(32);

enum Looked {
    Entry(CachedSession),
    /// There is an entry that may not be used.
    Unusable,
    Nothing,
    Away,
}

impl Member {
    /// Looks an entry up, and takes the lease to call Kratos, or waits for the process that has it.
    pub(crate) async fn find(&self, key: CacheKey) -> Found {
        let shared = &self.0;
        if !shared.is_heard() {
            return Found::Nothing(self.place(key));
        }
        match shared.look(&key).await {
            Looked::Entry(entry) => return Found::Entry(entry),
            Looked::Nothing if !shared.fleet.lease.is_zero() => {}
            Looked::Unusable | Looked::Nothing | Looked::Away => return Found::Nothing(self.place(key)),
        }
        let until = ticks::after(ticks::now(), shared.fleet.lease);
        let mut pause = FIRST_PAUSE;
        loop {
            let lease = shared.fleet.store.lease(&key, shared.fleet.lease);
            let lease = shared.within("fleet_lease", shared.fleet.timeout, lease).await;
            let outcome = match lease {
                Ok(Lease::Held) if ticks::now() < until && shared.is_heard() => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    match shared.look(&key).await {
                        Looked::Entry(entry) => {
                            metrics::fleet_lease(FleetLease::Joined);
                            return Found::Entry(entry);
                        }
                        Looked::Nothing => continue,
                        Looked::Unusable | Looked::Away => FleetLease::Failed,
                    }
                }
                Ok(Lease::Acquired) => FleetLease::Acquired,
                Ok(Lease::Open) => FleetLease::Open,
                Ok(Lease::Held) => FleetLease::Expired,
                Err(_) => FleetLease::Failed,
            };
            metrics::fleet_lease(outcome);
            let place = self.place(key);
            return Found::Nothing(place.leased(matches!(outcome, FleetLease::Acquired)));
        }
    }

    /// A place without a lease.
    pub(crate) fn place(&self, key: CacheKey) -> Place {
        Place { shared: Arc::clone(&self.0), key, seen: self.0.seen(), is_leased: false, is_looked_up: false }
    }
}

impl Shared {
    async fn look(&self, key: &CacheKey) -> Looked {
        let horizon = self.heard_until.load(Ordering::Acquire);
        let entry = match self.within("fleet_get", self.fleet.timeout, self.fleet.store.get(key)).await {
            Ok(Some(sealed)) => self.open(key, &sealed),
            Ok(None) => return Looked::Nothing,
            Err(error) => {
                tracing::debug!(target: "kratos", %error, "the fleet's store was not read");
                return Looked::Away;
            }
        };
        // Read after the check: a thread that was paused meanwhile calls Kratos.
        match entry {
            Some(entry) if ticks::now() < horizon => Looked::Entry(entry),
            _ => Looked::Unusable,
        }
    }

    /// Opens an entry, whether it may be used or not.
    pub(super) fn opened(&self, key: &CacheKey, sealed: &[u8], now: Timestamp) -> Option<Entry> {
        if sealed.len() > LARGEST {
            return None;
        }
        let text = self.keys.open(Purpose::Entry(key.as_bytes()), sealed)?;
        entry::decode(&text, now, self.limits.ttl, self.limits.stale)
    }

    fn open(&self, key: &CacheKey, sealed: &[u8]) -> Option<CachedSession> {
        let now = crate::clock::now();
        let Entry { session, seen, fresh_for, keep_for } = self.opened(key, sealed, now)?;
        let later = |by: Duration| -> Timestamp {
            now.saturating_add(time::Duration::try_from(by).unwrap_or(time::Duration::ZERO)).into()
        };
        let is_admitted = self.knowledge().admits(seen, &ids(key, &session));
        is_admitted
            .then(|| CachedSession::new(Some(session), later(fresh_for)).with_keep_until(later(keep_for)))
    }

    async fn open_lease(&self, key: &CacheKey) {
        let open = self.fleet.store.open_lease(key, self.fleet.lease);
        let _ = self.within("fleet_lease", self.fleet.timeout, open).await;
    }

    async fn write(&self, key: &CacheKey, sealed: Bytes, ttl: Duration) {
        let put = self.fleet.store.put(key, sealed, ttl);
        if let Err(error) = self.within("fleet_put", self.fleet.patience(), put).await {
            tracing::debug!(target: "kratos", %error, "an entry did not reach the fleet's store");
        }
    }
}

/// Everything that can revoke an entry.
fn ids(key: &CacheKey, session: &Session) -> Vec<u128> {
    let identity = session.identity().map(|identity| identity.id.as_u128());
    [u128::from_le_bytes(*key.as_bytes()), session.id.as_u128()].into_iter().chain(identity).collect()
}

impl Place {
    fn leased(mut self, is_leased: bool) -> Self {
        self.is_leased = is_leased;
        self.is_looked_up = true;
        self
    }

    /// Stores an answer for the other processes, in the background.
    pub(crate) fn store(mut self, entry: &CachedSession) {
        let Some(seen) = self.seen else { return };
        let now = crate::clock::now();
        let Some(text) = entry::encode(entry, seen, now) else { return };
        if text.len() + OVERHEAD > LARGEST {
            tracing::debug!(target: "kratos", "a session is too large for the fleet's store");
            return;
        }
        let Some(sealed) = self.shared.keys.seal(Purpose::Entry(self.key.as_bytes()), &text) else { return };
        let ttl = Duration::try_from(*entry.fresh_until - *now).unwrap_or_default();
        let Ok(writer) = Arc::clone(&self.shared.writers).try_acquire_owned() else { return };
        let (shared, key) = (Arc::clone(&self.shared), self.key);
        if let Ok(runtime) = Handle::try_current() {
            // The entry ends the waiting of the other processes.
            self.is_leased = false;
            runtime.spawn(async move {
                shared.write(&key, sealed.into(), ttl).await;
                drop(writer);
            });
        }
    }

    /// Kratos found no session: the store must not say otherwise. `was_cached` says that this process had one in memory, and
    /// others may.
    pub(crate) fn withdraw(self, was_cached: bool) {
        if was_cached {
            self.shared.publish(Revocation::Key(self.key));
        }
        if self.is_looked_up || !self.shared.is_heard() {
            return;
        }
        let Ok(writer) = Arc::clone(&self.shared.writers).try_acquire_owned() else { return };
        let (shared, key) = (Arc::clone(&self.shared), self.key);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                shared.write(&key, Bytes::new(), Duration::from_millis(1)).await;
                // The lease of who stored the entry may not have ended: no entry follows.
                shared.open_lease(&key).await;
                drop(writer);
            });
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.is_leased {
            return;
        }
        let (shared, key) = (Arc::clone(&self.shared), self.key);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { shared.open_lease(&key).await });
        }
    }
}
