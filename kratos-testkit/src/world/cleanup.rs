//! Deletes what has expired, as `kratos cleanup sql` does.

use time::OffsetDateTime;

use super::World;

impl World {
    /// Deletes what ended at this time or earlier.
    pub(crate) fn clean_up(&mut self, until: OffsetDateTime) {
        self.flows.retain(|_, flow| flow.expires_at > until);
        self.sessions.retain(|session| session.expires_at > until);
        self.cookies.retain(|_, cookie| cookie.expires_at > until);
        self.pending.retain(|_, waiting| waiting.iter().any(|pending| pending.ends_after(until)));
        self.errors.retain(|_, (_, happened)| *happened > until);
    }
}
