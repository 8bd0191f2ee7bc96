//! What an event revokes.

use kratos_core::Kratos;
use uuid::Uuid;

/// The attributes of an event that name a session and an identity (Kratos 26.2.0, x/events/events.go and
/// oryx/otelx/semconv/events.go).
const SESSION: &str = "SessionID";
const IDENTITY: &str = "IdentityID";

/// What is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revocation {
    /// The entries of a session.
    Session(Uuid),
    /// The entries of an identity's sessions.
    Identity(Uuid),
    /// The entries of the sessions of a request's caller.
    Caller,
    /// Every entry: an event revokes something, and does not say what.
    All,
}

/// What an event of a name concerns.
#[derive(Clone, Copy, Debug)]
enum Scope {
    Session,
    Identity,
}

impl Scope {
    /// Returns the scope of an event of Kratos; `None` if it revokes and changes nothing that is cached.
    ///
    /// The events of a flow that succeeded stand for what Kratos reports with no event of its own: the hook
    /// `revoke_active_sessions` after login, recovery and settings (26.2.0, selfservice/hook/session_destroyer.go), and a
    /// verified address.
    fn of(event: &str) -> Option<Self> {
        match event {
            "SessionRevoked" | "SessionChanged" => Some(Self::Session),
            "IdentityUpdated"
            | "IdentityDeleted"
            | "LoginSucceeded"
            | "RecoverySucceeded"
            | "SettingsSucceeded"
            | "VerificationSucceeded" => Some(Self::Identity),
            _ => None,
        }
    }
}

/// Whether an event of this name revokes something.
pub(crate) fn revokes(event: &str) -> bool {
    Scope::of(event).is_some()
}

impl Revocation {
    /// Returns what an event of this name with these attributes revokes.
    pub(crate) fn of<'a>(event: &str, attributes: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let scope = Scope::of(event)?;
        let (mut session, mut identity) = (None, None);
        for (name, value) in attributes {
            let id = || Uuid::try_parse(value).ok().filter(|id| !id.is_nil());
            match name {
                SESSION => session = id(),
                IDENTITY => identity = id(),
                _ => {}
            }
        }
        Some(match (scope, session, identity) {
            (Scope::Session, Some(session), _) => Self::Session(session),
            (_, _, Some(identity)) => Self::Identity(identity),
            _ => Self::All,
        })
    }

    /// Returns the identity that the attributes name.
    pub(crate) fn of_identity<'a>(mut attributes: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let found = attributes.find(|(name, _)| *name == IDENTITY);
        found.and_then(|(_, value)| Uuid::try_parse(value).ok()).map_or(Self::All, Self::Identity)
    }

    /// Drops what is cached.
    pub(crate) fn apply(self, kratos: &Kratos) {
        match self {
            Self::Session(session) => kratos.forget_session(session),
            Self::Identity(identity) => kratos.forget_identity(identity),
            Self::Caller | Self::All => kratos.forget_all(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_revokes_what_it_names_or_everything() {
        let (s, i) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (session, identity) = (s.to_string(), i.to_string());
        let both = [("ClientIP", "x"), ("SessionID", &*session), ("IdentityID", &*identity)];
        let only_identity = [("IdentityID", &*identity)];
        let unreadable = [("SessionID", "x"), ("IdentityID", "00000000-0000-0000-0000-000000000000")];
        for (event, attributes, revoked) in [
            ("SessionRevoked", &both[..], Some(Revocation::Session(s))),
            ("SessionChanged", &both, Some(Revocation::Session(s))),
            ("SessionRevoked", &only_identity, Some(Revocation::Identity(i))),
            ("SessionRevoked", &unreadable, Some(Revocation::All)),
            ("IdentityUpdated", &only_identity, Some(Revocation::Identity(i))),
            ("IdentityDeleted", &only_identity, Some(Revocation::Identity(i))),
            ("IdentityDeleted", &[], Some(Revocation::All)),
            ("LoginSucceeded", &both, Some(Revocation::Identity(i))),
            ("RecoverySucceeded", &both, Some(Revocation::Identity(i))),
            ("SettingsSucceeded", &both, Some(Revocation::Identity(i))),
            ("VerificationSucceeded", &both, Some(Revocation::Identity(i))),
            ("SessionChecked", &both, None),
            ("SessionIssued", &both, None),
            ("SessionLifespanExtended", &both, None),
            ("IdentityCreated", &both, None),
            ("sessionrevoked", &both, None),
            ("", &[], None),
        ] {
            assert_eq!(Revocation::of(event, attributes.iter().copied()), revoked, "{event} {attributes:?}");
        }
    }
}
