//! What an application asks of its fleet.

use uuid::Uuid;

use super::{
    super::{StoreError, record},
    Member, Shared, outbox,
};
use crate::resolve::{CachingResolver, Revocation};

/// This process as a member of its fleet: [`Kratos::fleet`](crate::Kratos::fleet).
#[derive(Clone, Debug)]
pub struct FleetMember {
    member: Member,
    cache: CachingResolver,
}

impl FleetMember {
    pub(crate) fn new(member: Member, cache: CachingResolver) -> Self {
        Self { member, cache }
    }

    /// Waits until the log was read. Call it before the process takes requests; limit the time to wait. Without it, requests
    /// call Kratos until the log was read.
    pub async fn ready(&self) {
        loop {
            let heard = self.member.0.heard.notified();
            self.cache.start_fleet();
            if self.is_heard() {
                return;
            }
            // A reader of another runtime may have ended.
            let _ = tokio::time::timeout(self.member.0.fleet.bound, heard).await;
        }
    }

    /// Returns whether the log was read within the bound: whether memory and store are in use.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        self.member.is_heard()
    }

    /// Drops a session here, and tells every process. After `Ok` no process serves it past the bound.
    ///
    /// # Errors
    /// When the store does not acknowledge it in time. It is then repeated in the background; until that succeeds, processes
    /// that reach the store may serve the session to its TTL.
    pub async fn forget_session(&self, session: Uuid) -> Result<(), StoreError> {
        self.revoke(Revocation::Session(session)).await
    }

    /// Drops the sessions of an identity here, and tells every process. After `Ok` no process serves one past the bound.
    ///
    /// # Errors
    /// As for [`FleetMember::forget_session`].
    pub async fn forget_identity(&self, identity: Uuid) -> Result<(), StoreError> {
        self.revoke(Revocation::Identity(identity)).await
    }

    /// Drops all sessions in every process.
    ///
    /// # Errors
    /// As for [`FleetMember::forget_session`].
    pub async fn forget_all(&self) -> Result<(), StoreError> {
        self.revoke(Revocation::All).await
    }

    /// Waits until the store has acknowledged every revocation of this process: before the process ends.
    pub async fn published(&self) {
        self.cache.start_fleet();
        self.member.0.outbox.empty().await;
    }

    async fn revoke(&self, revocation: Revocation) -> Result<(), StoreError> {
        self.cache.start_fleet();
        let mut telling = Telling::new(&self.member.0, revocation);
        self.cache.drop_locally(revocation);
        let outcome = outbox::append(&self.member.0, &[revocation]).await;
        telling.is_told = outcome.is_ok();
        outcome
    }
}

/// A revocation on its way to the log. The outbox takes it over when its call fails or is dropped.
struct Telling<'a> {
    shared: &'a Shared,
    revocation: Revocation,
    is_told: bool,
}

impl<'a> Telling<'a> {
    fn new(shared: &'a Shared, revocation: Revocation) -> Self {
        shared.knowledge().expect(record::id(revocation));
        Self { shared, revocation, is_told: false }
    }
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if !self.is_told {
            // Of the two records that the log may have then, the first that comes back ends the bar.
            self.shared.publish_again(self.revocation);
        }
    }
}
