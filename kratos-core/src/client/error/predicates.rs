//! What an error says about the session, the flow and the call.

use super::{Error, ErrorKind};
use crate::model::ErrorId;

impl Error {
    fn is_status(&self, status: u16) -> bool {
        self.0.status.is_some_and(|known| known.as_u16() == status)
    }

    fn is_id(&self, id: &ErrorId) -> bool {
        self.id() == Some(id)
    }

    /// Returns whether the credential has no active session: 401 with Kratos' JSON, or 403 without an id for settings flows
    /// in 0.6 and 0.7.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        let kratos = self.0.envelope.is_some();
        let settings_2021 = self.is_status(403)
            && self.id().is_none()
            && self.details().is_none()
            && self.0.call.contains("SettingsFlow");
        kratos && (self.is_status(401) || settings_2021)
    }

    /// Returns whether the operation requires AAL2.
    #[must_use]
    pub fn needs_aal2(&self) -> bool {
        self.is_id(&ErrorId::SessionAal2Required)
    }

    /// Returns whether the operation requires a refresh.
    #[must_use]
    pub fn needs_refresh(&self) -> bool {
        self.is_id(&ErrorId::SessionRefreshRequired)
    }

    /// Returns whether the flow was refused because the browser has an active session.
    #[must_use]
    pub fn is_already_signed_in(&self) -> bool {
        self.is_id(&ErrorId::SessionAlreadyAvailable)
    }

    /// Returns whether the flow has expired or was replaced (410): create another, or use [`Error::use_flow_id`].
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.is_status(410)
    }

    /// Returns whether the CSRF cookie is missing or belongs to another flow.
    #[must_use]
    pub fn is_csrf(&self) -> bool {
        self.is_id(&ErrorId::SecurityCsrfViolation)
            || (matches!(self.0.status.map(|status| status.as_u16()), Some(400 | 403))
                && self.reason().is_some_and(|reason| reason.contains("CSRF")))
    }

    /// Returns whether the flow, identity or session does not exist (404 with Kratos' JSON).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(404) && self.0.envelope.is_some()
    }

    /// Returns whether the entity exists already (409), for example an identity with this identifier.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(409)
    }

    /// Returns whether Kratos refuses the request as invalid (400).
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.is_status(400)
    }

    /// Returns whether Kratos limits the rate of requests (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(429)
    }

    /// Returns whether the call timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns whether Kratos is unreachable, times out, fails (5xx) or responds unreadably. Respond with 503; the session
    /// may still be active.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Unreachable
                | ErrorKind::Withheld
                | ErrorKind::Timeout
                | ErrorKind::Broken
                | ErrorKind::Unreadable
        ) || self.0.status.is_some_and(|status| status.is_server_error())
    }

    /// Returns whether the identity is deactivated (since a release after 26.2; before, Kratos answers 401 without an id).
    #[must_use]
    pub fn is_identity_disabled(&self) -> bool {
        self.is_id(&ErrorId::IdentityDisabled)
    }

    /// Returns whether nothing was sent.
    pub(in crate::client) fn was_not_sent(&self) -> bool {
        matches!(self.kind(), ErrorKind::InvalidCall | ErrorKind::Withheld | ErrorKind::Unreachable)
            || (self.kind() == ErrorKind::Unsupported && self.0.status.is_none())
    }

    /// Returns whether the era or the server does not support the operation.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        self.kind() == ErrorKind::Unsupported
    }
}
