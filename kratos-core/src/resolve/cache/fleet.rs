//! The cache as the first level of a fleet.

use std::sync::{Arc, Weak};

#[cfg(feature = "gateway")]
use uuid::Uuid;

use super::{
    CachedSession, CachingResolver,
    resolver::{Inner, from_cache, ids},
};
use crate::{
    credential::CacheKey,
    fleet::{Fleet, FleetMember, Found, Member, MemberLimits, Place, Subject, ticks},
    flight::{Answer, Change},
    kratos::secret::Secret,
    metrics::{self, Cache, Lookup},
    resolve::{Freshness, Resolved, Revocation},
};

impl CachingResolver {
    /// Joins a fleet.
    pub(crate) fn with_fleet(self, fleet: Fleet, secret: &Secret) -> Self {
        let limits = self.0.member_limits();
        self.rebuilt(|inner| inner.fleet = Some(Member::new(fleet, secret, limits)))
    }

    pub(crate) fn fleet(&self) -> Option<FleetMember> {
        Some(FleetMember::new(self.0.fleet.clone()?, self.clone()))
    }

    /// Starts reading the fleet's log, unless that runs.
    pub(crate) fn start_fleet(&self) {
        if let Some(fleet) = &self.0.fleet {
            fleet.start(|| Arc::downgrade(&self.0) as Weak<dyn Subject>);
        }
    }

    /// Drops the entry of a key whose session may have ended, and the other entries of its session. The other processes are
    /// told if the session is known: in memory, or in the shared store.
    pub(super) fn suspect(&self, key: CacheKey) {
        let is_known = self.0.store.get(&key).is_some_and(|entry| entry.session.is_some());
        match &self.0.fleet {
            Some(fleet) if !is_known => {
                fleet.suspect(key, self.clone());
                // Another request may have found it since.
                if let Some(session) = self.0.forget_key(&key) {
                    self.0.revoke(Revocation::Session(session));
                }
            }
            _ => self.0.revoke(Revocation::Key(key)),
        }
    }

    /// Drops a session that may have ended. The other processes are told while the allowance lasts: where a session is
    /// known, the store does not tell.
    #[cfg(feature = "gateway")]
    pub(super) fn suspect_session(&self, session: Uuid) {
        let revocation = Revocation::Session(session);
        match &self.0.fleet {
            Some(fleet) if !fleet.takes_allowance() => self.0.drop_from_memory(revocation),
            _ => self.0.revoke(revocation),
        }
    }

    pub(crate) fn drop_locally(&self, revocation: Revocation) {
        self.0.drop_revoked(revocation);
    }
}

impl Inner {
    fn member_limits(&self) -> MemberLimits {
        MemberLimits { ttl: self.limits.ttl, stale: self.limits.stale }
    }

    /// A changed cache is a member of its own.
    pub(super) fn renew_fleet(&mut self) {
        self.fleet = self.fleet.as_ref().map(|fleet| fleet.renewed(self.member_limits()));
    }

    /// Drops what is revoked, here and in every other process.
    pub(super) fn revoke(&self, revocation: Revocation) {
        let Some(fleet) = &self.fleet else { return self.drop_from_memory(revocation) };
        fleet.publish(revocation);
        if let Revocation::Key(key) = revocation {
            if let Some(session) = self.forget_key(&key) {
                self.revoke(Revocation::Session(session));
            }
        } else {
            self.drop_from_memory(revocation);
        }
    }

    /// The order matters: see [`Member::horizon`].
    #[inline]
    pub(super) fn fresh_in_fleet(&self, fleet: &Member, key: &CacheKey) -> Option<Resolved> {
        let horizon = fleet.horizon();
        let entry = self.store.get(key)?;
        let now = ticks::now();
        // A store of the application's own may not keep the ticks.
        let is_fresh = now < entry.usable_until
            || (entry.usable_until == 0 && !crate::clock::is_over(entry.fresh_until));
        (now < horizon && is_fresh).then(|| from_cache(entry))
    }

    /// Stores an entry in memory.
    pub(super) fn put_ticking(&self, key: CacheKey, mut entry: CachedSession) {
        let left = std::time::Duration::try_from(*entry.fresh_until - *crate::clock::now());
        entry.usable_until = Member::deadline(left.unwrap_or_default());
        self.store.put(key, entry);
    }

    /// Finds the session in the shared store, or the place for Kratos' answer there.
    pub(super) async fn find(
        &self,
        fleet: &Member,
        key: CacheKey,
        freshness: Freshness,
    ) -> Result<Resolved, Place> {
        if freshness == Freshness::Live {
            return Err(fleet.place(key));
        }
        let call = self.flights.begin(key);
        match fleet.find(key).await {
            Found::Nothing(place) => Err(place),
            Found::Entry(entry) => {
                let resolved = from_cache(entry.clone());
                let mut stored = false;
                call.settle(Answer::Session, &ids(&resolved), |change| match change {
                    Change::Put => {
                        stored = true;
                        self.put_ticking(key, entry);
                    }
                    Change::Remove => drop(self.store.remove(&key)),
                    Change::None => {}
                });
                if !stored {
                    // It was revoked meanwhile.
                    return Err(fleet.place(key));
                }
                metrics::lookup(Cache::Sessions, Lookup::Shared);
                Ok(resolved)
            }
        }
    }

    /// Shares Kratos' answer.
    pub(super) fn share(
        place: Place,
        entry: Option<CachedSession>,
        answer: Answer,
        settled: Change,
        was_cached: bool,
    ) {
        match (answer, entry) {
            (Answer::Session, Some(entry)) if settled == Change::Put => place.store(&entry),
            (Answer::Session, _) => {}
            (Answer::Anonymous | Answer::Nothing, _) => place.withdraw(was_cached),
        }
    }
}

impl Subject for Inner {
    fn drop_revoked(&self, revocation: Revocation) {
        // First a cache of the application's own, which could fill this one again. It knows no keys of this one.
        match revocation {
            Revocation::Key(_) => {}
            Revocation::Session(session) => self.inner.forget_session(session),
            Revocation::Identity(identity) => self.inner.forget_identity(identity),
            Revocation::All => self.inner.forget_all(),
        }
        self.drop_from_memory(revocation);
    }
}
