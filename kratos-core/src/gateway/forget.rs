//! Drops the cache entries that a request may have outdated.

use std::sync::Arc;

use uuid::Uuid;

use super::{GatewayOutcome, action::Action, outcome::CookieChange};
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

/// What a request asked for, and what its response says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done {
    pub(super) action: Action,
    pub(super) outcome: GatewayOutcome,
    pub(super) cookie: CookieChange,
}

impl Done {
    /// How many of the request's credentials Kratos has ended, the first ones: it deletes the cookie of an ended session, and a
    /// native logout is of the token that its body names.
    fn ended(self, most: usize) -> usize {
        match (self.action, self.outcome, self.cookie) {
            (Action::Logout, GatewayOutcome::Succeeded, CookieChange::Deleted) => most,
            (Action::Logout, GatewayOutcome::Succeeded, _) => 1,
            _ => 0,
        }
    }
}

/// Drops what an action outdated, of the sessions and identities that the request concerns, and no other. Where the response
/// does not tell, the action is taken to have succeeded. Kratos ended the sessions of at most `most` credentials.
pub(super) fn forget(kratos: &Kratos, done: Done, credentials: &[Credential], most: usize, known: &Known) {
    if done.action == Action::Nothing {
        return;
    }
    let (ended, others) = credentials.split_at(done.ended(most).min(credentials.len()));
    ended.iter().for_each(|credential| kratos.forget_ended(credential));
    others.iter().for_each(|credential| kratos.forget_cached(credential));
    known.sessions.iter().for_each(|session| kratos.forget_session(*session));
    if done.outcome == GatewayOutcome::Refused {
        return;
    }
    match done.action {
        Action::Nothing | Action::Logout => return,
        // Kratos answers 204 for a made-up session too (`session/handler.go` of 1.3.1 and 26.2.0): only one of the request's own
        // identity can end.
        Action::Revoke(session) => {
            kratos.forget_tokens(session);
            if known.identities.is_empty() {
                kratos.forget_suspect(session);
            }
        }
        Action::RevokeOthers | Action::Flow(_) => {}
    }
    known.identities.iter().for_each(|identity| kratos.forget_identity(*identity));
}
