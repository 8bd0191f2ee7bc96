//! What may have been revoked, and what this process does not know: the credentials of requests that carry no session of its
//! memory. Anonymous callers can make up any number of them, and every record bars entries of other users in every process.
//! So a record takes an entry of the store, which a made-up credential does not have, or a place of the [`Allowance`].

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{runtime::Handle, sync::Semaphore};

use super::{super::ticks, Member, Shared};
use crate::{
    credential::CacheKey,
    resolve::{CachingResolver, Revocation},
};

/// What this process spends on what it does not know.
#[derive(Debug)]
pub(super) struct Suspicion {
    allowance: Allowance,
    /// Places for lookups. They are not those of the entries, which a flood of made-up credentials would take.
    lookups: Arc<Semaphore>,
}

/// How many records this process may write without an entry: 8, and one more a minute.
#[derive(Debug, Default)]
struct Allowance {
    /// When all of it is there again, in ticks.
    full_at: AtomicU64,
}

const MOST: u32 = 8;
const EVERY: Duration = Duration::from_secs(60);
const LOOKUPS: usize = 64;

impl Default for Suspicion {
    fn default() -> Self {
        Self { allowance: Allowance::default(), lookups: Arc::new(Semaphore::new(LOOKUPS)) }
    }
}

impl Allowance {
    fn take(&self, now: u64) -> bool {
        let latest = ticks::after(now, EVERY * (MOST - 1));
        let taken = self.full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
            let from = full_at.max(now);
            (from <= latest).then(|| ticks::after(from, EVERY))
        });
        taken.is_ok()
    }
}

impl Member {
    /// Whether a record may be written without an entry.
    pub(crate) fn takes_allowance(&self) -> bool {
        self.0.suspicion.allowance.take(ticks::now())
    }

    /// Looks a key up in the store, in the background, and revokes what is found. Where nothing is found, or the store does
    /// not answer, it takes the allowance. Bars the store's entry meanwhile: call it before the key is dropped from memory.
    pub(crate) fn suspect(&self, key: CacheKey, cache: CachingResolver) {
        let place = Arc::clone(&self.0.suspicion.lookups).try_acquire_owned();
        let (Ok(place), Ok(runtime)) = (place, Handle::try_current()) else {
            return self.revoke_by_allowance(key);
        };
        let suspect = Suspect::new(Arc::clone(&self.0), key);
        let member = self.clone();
        runtime.spawn(async move {
            let shared = &member.0;
            let found = shared.within("fleet_get", shared.fleet.timeout, shared.fleet.store.get(&key)).await;
            match found {
                Ok(Some(sealed)) if !sealed.is_empty() => {
                    cache.revoke(Revocation::Key(key));
                    if let Some(entry) = shared.opened(&key, &sealed, crate::clock::now()) {
                        cache.revoke(Revocation::Session(entry.session.id));
                    }
                }
                _ => member.revoke_by_allowance(key),
            }
            drop((suspect, place));
        });
    }

    fn revoke_by_allowance(&self, key: CacheKey) {
        if self.takes_allowance() {
            self.publish(Revocation::Key(key));
        }
    }
}

/// Bars the store's entries of a key while it lives.
struct Suspect {
    shared: Arc<Shared>,
    id: u128,
}

impl Suspect {
    fn new(shared: Arc<Shared>, key: CacheKey) -> Self {
        let id = u128::from_le_bytes(*key.as_bytes());
        shared.knowledge().suspect(id);
        Self { shared, id }
    }
}

impl Drop for Suspect {
    fn drop(&mut self) {
        self.shared.knowledge().clear_suspect(self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_spent_and_comes_back() {
        let (allowance, begin) = (Allowance::default(), ticks::now());
        let taken = |at: Duration| (0..1000).filter(|_| allowance.take(ticks::after(begin, at))).count();
        assert_eq!(taken(Duration::ZERO), 8);
        assert_eq!(taken(Duration::from_secs(59)), 0);
        assert_eq!(taken(Duration::from_secs(60)), 1);
        assert_eq!(taken(Duration::from_secs(300)), 4);
        assert_eq!(taken(Duration::from_secs(100_000)), 8);
    }
}
