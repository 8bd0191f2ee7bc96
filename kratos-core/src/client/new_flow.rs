//! Options of a new flow.

use std::borrow::Cow;

use super::call::Call;
use crate::model::{Aal, QuietText};

/// Options of a new flow. Kratos ignores those that the flow or the release does not support.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct NewFlow {
    /// Values may be secrets: a login challenge, a parameter of `return_to`.
    query: Vec<(Cow<'static, str>, QuietText)>,
}

impl NewFlow {
    /// Creates options without any set.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into().into()));
        self
    }

    /// Sets the URL to redirect the browser to afterwards: an absolute URL that `selfservice.allowed_return_urls` allows.
    /// Build it from a configured origin, never from the `Host` header.
    pub fn with_return_to(self, url: impl Into<String>) -> Self {
        self.with("return_to", url)
    }

    /// Login: requires a signed-in user to authenticate again.
    pub fn with_refresh(self) -> Self {
        self.with("refresh", "true")
    }

    /// Login: sets the assurance level to reach (since 0.8).
    pub fn with_aal(self, aal: &Aal) -> Self {
        self.with("aal", aal.as_str())
    }

    /// Login and registration: sets the OAuth 2 login challenge of Ory Hydra (since 0.11).
    pub fn with_login_challenge(self, challenge: impl Into<String>) -> Self {
        self.with("login_challenge", challenge)
    }

    /// Login and registration: sets the organization (Ory Network, since 1.1); settings since a release after 26.2.
    pub fn with_organization(self, id: impl Into<String>) -> Self {
        self.with("organization", id)
    }

    /// Login and registration: sets the identity schema (since 25.4).
    pub fn with_identity_schema(self, id: impl Into<String>) -> Self {
        self.with("identity_schema", id)
    }

    /// Login by code: sets the address (since 1.1; deprecated by Kratos).
    pub fn with_via(self, address: impl Into<String>) -> Self {
        self.with("via", address)
    }

    /// Registration: sets the URL to redirect the browser to after the verification that follows (since 0.13).
    pub fn with_after_verification_return_to(self, url: impl Into<String>) -> Self {
        self.with("after_verification_return_to", url)
    }

    /// Native login and registration: requests the first of the two codes for
    /// [`Native::exchange_session_token`](super::Native::exchange_session_token) (since 1.0).
    pub fn with_session_token_exchange_code(self) -> Self {
        self.with("return_session_token_exchange_code", "true")
    }

    /// Recovery: redirects to `return_to` instead of the settings page afterwards (since a release after 26.2).
    pub fn with_skip_settings(self) -> Self {
        self.with("skip_settings", "true")
    }

    /// Sets any other query parameter.
    pub fn with_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value)
    }

    pub(super) fn apply(&self, mut call: Call) -> Call {
        call.query.extend(self.query.iter().map(|(name, value)| (name.clone(), value.as_str().to_owned())));
        call
    }
}
