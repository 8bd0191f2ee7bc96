//! Which of many.

use uuid::Uuid;

use crate::{
    client::{Era, Error, call::Call},
    model::QuietText,
    model::{MessageStatus, Method},
};

/// Values are not for logs: an identifier, a recipient.
type Query = Vec<(&'static str, QuietText)>;

/// Which identities. Kratos takes one filter at a time and refuses more.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ListIdentities {
    query: Query,
    filtered: bool,
}

/// How current a list has to be (1.1 and later, of effect on the Ory Network).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consistency {
    /// As it is now.
    Strong,
    /// As it was a few seconds ago, and faster.
    Eventual,
}

impl ListIdentities {
    /// All.
    pub fn new() -> Self {
        Self::default()
    }

    fn filter(mut self, name: &'static str, value: impl Into<QuietText>) -> Self {
        self.query.push((name, value.into()));
        self.filtered = true;
        self
    }

    /// Those of these ids, at most 500 (1.1 and later).
    pub fn with_ids(self, ids: &[Uuid]) -> Self {
        ids.iter().fold(self, |list, id| list.filter("ids", id.to_string()))
    }

    /// The one that signs in with this identifier (1.0 and later).
    pub fn with_credentials_identifier(self, identifier: &str) -> Self {
        self.filter("credentials_identifier", identifier)
    }

    /// Those that sign in with an identifier like this one (1.1 and later; a preview of Kratos).
    pub fn with_similar_credentials_identifier(self, identifier: &str) -> Self {
        self.filter("preview_credentials_identifier_similar", identifier)
    }

    /// Those of this organization (25.4 and later, Ory Network).
    pub fn with_organization_id(self, id: Uuid) -> Self {
        self.filter("organization_id", id.to_string())
    }

    /// With the secrets of these credentials (1.2 and later).
    pub fn with_credentials(mut self, kinds: &[Method]) -> Self {
        self.query.extend(kinds.iter().map(|kind| ("include_credential", kind.as_str().into())));
        self
    }

    /// How current the list has to be. Default: Kratos' own.
    pub fn with_consistency(mut self, consistency: Consistency) -> Self {
        let value = match consistency {
            Consistency::Strong => "strong",
            Consistency::Eventual => "eventual",
        };
        self.query.push(("consistency", value.into()));
        self
    }

    pub(super) fn apply(self, call: Call, era: Era) -> Result<Call, Error> {
        // An older Kratos ignores filters and answers everybody.
        if self.filtered && era < Era::V0_11 {
            return Err(Error::invalid_call(&call.what, "this era has no filter of identities"));
        }
        Ok(with_query(call, self.query))
    }
}

/// Which sessions.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ListSessions {
    query: Query,
}

/// What an admin's session answer tells beside the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionExpand {
    /// Whose session it is.
    Identity,
    /// The devices that used it.
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
    /// All, with neither identity nor devices.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those that are active, or only those that are not.
    pub fn with_active(mut self, active: bool) -> Self {
        self.query.push(("active", active.to_string().into()));
        self
    }

    /// With more about each.
    pub fn with_expand(mut self, expand: &[SessionExpand]) -> Self {
        self.query.extend(SessionExpand::query(expand));
        self
    }

    pub(super) fn apply(self, call: Call) -> Call {
        with_query(call, self.query)
    }
}

/// Which messages.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ListMessages {
    query: Query,
}

impl ListMessages {
    /// All.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those that are this far.
    pub fn with_status(mut self, status: &MessageStatus) -> Self {
        self.query.push(("status", status.as_str().into()));
        self
    }

    /// Those to this address.
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
