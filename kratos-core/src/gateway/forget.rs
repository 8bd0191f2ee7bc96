//! Drops the cache entries that a request may have outdated.

use std::sync::Arc;

use uuid::Uuid;

use super::{GatewayOutcome, action::Action};
use crate::{Kratos, credential::Credential, model::Session};

/// The sessions and identities of a request's credentials, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) sessions: Vec<Uuid>,
    pub(super) identities: Vec<Uuid>,
}

impl Known {
    /// What the cache has, and what was found before the request was sent.
    pub(super) fn of(kratos: &Kratos, credentials: &[Credential], found: &[Arc<Session>]) -> Self {
        let cached = credentials.iter().filter_map(|credential| kratos.cached_session(credential));
        let mut known = Self::default();
        for session in cached.chain(found.iter().map(Arc::clone)) {
            known.sessions.push(session.id);
            known.identities.extend(session.identity().map(|identity| identity.id));
        }
        known
    }
}

/// Drops what an action outdated, of the sessions and identities that the request concerns, and no other. Where the response
/// does not tell, the action is taken to have succeeded.
pub(super) fn forget(
    kratos: &Kratos,
    action: Action,
    outcome: GatewayOutcome,
    credentials: &[Credential],
    known: &Known,
) {
    if action == Action::Nothing {
        return;
    }
    credentials.iter().for_each(|credential| kratos.forget_cached(credential));
    known.sessions.iter().for_each(|session| kratos.forget_session(*session));
    if outcome == GatewayOutcome::Refused {
        return;
    }
    match action {
        Action::Nothing | Action::Logout => {}
        Action::Revoke(session) => kratos.forget_session(session),
        Action::RevokeOthers | Action::Flow(_) => {
            known.identities.iter().for_each(|identity| kratos.forget_identity(*identity));
        }
    }
}
