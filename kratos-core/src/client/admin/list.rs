//! Filters of lists.

use uuid::Uuid;

use crate::{
    client::{Era, Error, call::Call},
    model::{MessageStatus, Method, QuietText},
};

/// Values may be personal data, such as an identifier or a recipient.
type Query = Vec<(&'static str, QuietText)>;

/// Selects identities. Kratos accepts one filter at a time and refuses more.
#[derive(Clone, Debug)]
#[must_use]
pub struct ListIdentities {
    query: Query,
    /// The first era that does not ignore the filter.
    since: Era,
}

/// The consistency of a list (since 1.1; has an effect on the Ory Network only).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consistency {
    /// The current state.
    Strong,
    /// The state of a few seconds ago, with lower latency.
    Eventual,
}

impl Default for ListIdentities {
    fn default() -> Self {
        Self::new()
    }
}

impl ListIdentities {
    /// Selects all identities.
    pub fn new() -> Self {
        Self { query: Query::new(), since: Era::V0_6 }
    }

    fn filter(mut self, name: &'static str, value: impl Into<QuietText>, since: Era) -> Self {
        self.query.push((name, value.into()));
        self.since = self.since.max(since);
        self
    }

    /// Selects the identities with these ids, at most 500 (since 1.1).
    pub fn with_ids(self, ids: &[Uuid]) -> Self {
        ids.iter().fold(self, |list, id| list.filter("ids", id.to_string(), Era::V1_1))
    }

    /// Selects the identity that signs in with this identifier (since 0.13).
    pub fn with_credentials_identifier(self, identifier: &str) -> Self {
        self.filter("credentials_identifier", identifier, Era::V0_13)
    }

    /// Selects the identities that sign in with a similar identifier (since 1.1; a preview feature of Kratos).
    pub fn with_similar_credentials_identifier(self, identifier: &str) -> Self {
        self.filter("preview_credentials_identifier_similar", identifier, Era::V1_1)
    }

    /// Selects the identities of this organization (Ory Network, since 25.4).
    pub fn with_organization_id(self, id: Uuid) -> Self {
        self.filter("organization_id", id.to_string(), Era::V26)
    }

    /// Includes the secrets of these credentials (since 1.2).
    pub fn with_credentials(mut self, kinds: &[Method]) -> Self {
        self.query.extend(kinds.iter().map(|kind| ("include_credential", kind.as_str().into())));
        self
    }

    /// Sets the consistency. Default: that of Kratos.
    pub fn with_consistency(mut self, consistency: Consistency) -> Self {
        let value = match consistency {
            Consistency::Strong => "strong",
            Consistency::Eventual => "eventual",
        };
        self.query.push(("consistency", value.into()));
        self
    }

    pub(super) fn apply(self, call: Call, era: Era) -> Result<Call, Error> {
        // An older Kratos ignores filters and lists all identities.
        if era < self.since {
            return Err(Error::invalid_call(
                &call.what,
                "this era does not support this filter of identities",
            ));
        }
        Ok(with_query(call, self.query))
    }
}

/// Selects sessions.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ListSessions {
    query: Query,
}

/// Data to include with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionExpand {
    /// The identity.
    Identity,
    /// The devices that used the session.
    Devices,
}

impl SessionExpand {
    fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Devices => "devices",
        }
    }

    pub(super) fn query(all: &[Self]) -> Query {
        all.iter().map(|expand| ("expand", expand.as_str().into())).collect()
    }
}

impl ListSessions {
    /// Selects all sessions, without identity and devices.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects active sessions only, or inactive sessions only.
    pub fn with_active(mut self, active: bool) -> Self {
        self.query.push(("active", active.to_string().into()));
        self
    }

    /// Includes more data with each session.
    pub fn with_expand(mut self, expand: &[SessionExpand]) -> Self {
        self.query.extend(SessionExpand::query(expand));
        self
    }

    pub(super) fn apply(self, call: Call) -> Call {
        with_query(call, self.query)
    }
}

/// Selects messages.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ListMessages {
    query: Query,
}

impl ListMessages {
    /// Selects all messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects the messages with this status.
    pub fn with_status(mut self, status: &MessageStatus) -> Self {
        self.query.push(("status", status.as_str().into()));
        self
    }

    /// Selects the messages to this address.
    pub fn with_recipient(mut self, recipient: &str) -> Self {
        self.query.push(("recipient", recipient.into()));
        self
    }

    pub(super) fn apply(self, call: Call) -> Call {
        with_query(call, self.query)
    }
}

pub(super) fn with_query(mut call: Call, query: Query) -> Call {
    call.query.extend(query.into_iter().map(|(name, value)| (name.into(), value.as_str().to_owned())));
    call
}
