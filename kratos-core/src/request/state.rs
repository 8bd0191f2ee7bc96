//! The session of a page that is public.

use std::sync::Arc;

use crate::model::Session;

/// The session of a request, for a page that stays public: it never redirects.
///
/// Where Kratos requires the highest level (`session.whoami.required_aal: highest_available`), a user who has enrolled a
/// second factor and has not used it yet is neither anonymous nor known: whoami answers 403 without the session.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SessionState {
    /// The request carries an active session.
    Active(Arc<Session>),
    /// The request carries no active session.
    Anonymous,
    /// Kratos withholds the session until the user completes the second factor.
    Aal2Required,
}

impl SessionState {
    /// Returns the session, if it is active.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Active(session) => Some(session),
            Self::Anonymous | Self::Aal2Required => None,
        }
    }
}

#[cfg(test)]
mod tests;
