//! Ends many sessions at once.

use serde_json::{Value, json};
use uuid::Uuid;

use super::AdminClient;
use crate::{
    Kratos,
    client::{Error, operations::Operation},
    model::ManagedSessions,
};

/// The most ids of one call (session/handler.go, `ManageSessionsMaxIDs`).
const MOST_IDS: usize = 500;

/// Which sessions to end, and how. Since a release after 26.2.
#[derive(Clone, Debug)]
#[must_use]
pub struct ManageSessions {
    action: &'static str,
    which: SessionSelection,
}

/// The sessions that [`ManageSessions`] ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionSelection {
    /// All sessions of these identities, at most 500.
    Identities(Vec<Uuid>),
    /// These sessions, at most 500.
    Sessions(Vec<Uuid>),
    /// The sessions of all identities. One call ends a part of them.
    All,
}

impl ManageSessions {
    /// Ends the sessions and keeps their records.
    pub fn disable(which: SessionSelection) -> Self {
        Self { action: "disable", which }
    }

    /// Ends the sessions and deletes their records.
    pub fn delete(which: SessionSelection) -> Self {
        Self { action: "delete", which }
    }

    fn body(&self) -> Option<Value> {
        let (name, ids) = match &self.which {
            SessionSelection::Identities(ids) => ("identities", ids),
            SessionSelection::Sessions(ids) => ("sessions", ids),
            SessionSelection::All => return Some(json!({"action": self.action, "identities": ["*"]})),
        };
        (1..=MOST_IDS).contains(&ids.len()).then(|| json!({"action": self.action, name: ids}))
    }
}

impl AdminClient {
    /// Ends sessions of many identities (since a release after 26.2). Of [`SessionSelection::All`], one call ends a part, 5000
    /// sessions: call again while [`ManagedSessions::more`] is set, or use [`Kratos::end_sessions`].
    ///
    /// An application that caches sessions must also drop its entries, as [`Kratos::end_sessions`] does.
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation. Returns an error without a call if no id or more than 500 are
    /// given.
    #[doc(alias = "manageSessions")]
    pub async fn manage_sessions(&self, sessions: &ManageSessions) -> Result<ManagedSessions, Error> {
        let call = self.connection.call(Operation::ManageSessions, &[])?;
        let Some(body) = sessions.body() else {
            return Err(Error::invalid_call(&call.what, "one to 500 ids are needed"));
        };
        self.connection.json(call.json(&body)?).await
    }
}

impl Kratos {
    /// Ends sessions by the admin API until none is left, and drops what is cached of them. Returns how many ended.
    ///
    /// The cache entries are dropped after each call, also when it fails: a part of the sessions may have ended. Entries of
    /// other processes last until they expire.
    ///
    /// # Errors
    /// As [`AdminClient::manage_sessions`]. Sessions of earlier calls have ended.
    pub async fn end_sessions(&self, admin: &AdminClient, sessions: &ManageSessions) -> Result<i64, Error> {
        let mut ended = 0_i64;
        loop {
            let outcome = admin.manage_sessions(sessions).await;
            if !matches!(&outcome, Err(error) if error.was_not_sent()) {
                self.forget_selected(&sessions.which);
            }
            let outcome = outcome?;
            ended = ended.saturating_add(outcome.processed);
            // A server that ends none and names more would be called forever.
            if !outcome.more || outcome.processed <= 0 {
                return Ok(ended);
            }
        }
    }

    fn forget_selected(&self, which: &SessionSelection) {
        match which {
            SessionSelection::Identities(ids) => ids.iter().for_each(|id| self.forget_identity(*id)),
            SessionSelection::Sessions(ids) => ids.iter().for_each(|id| self.forget_session(*id)),
            SessionSelection::All => self.forget_all(),
        }
    }
}
