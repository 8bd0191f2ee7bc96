//! What a new flow is asked to be.

use std::borrow::Cow;

use super::call::Call;
use crate::{model::Aal, model::QuietText};

/// What a new flow is asked to be. Kratos ignores what the flow or the release does not know.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct NewFlow {
    /// A challenge or a `return_to` may open something.
    query: Vec<(Cow<'static, str>, QuietText)>,
}

impl NewFlow {
    /// Nothing special.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into().into()));
        self
    }

    /// Where the browser goes afterwards: an absolute URL that `selfservice.allowed_return_urls` allows. Make it
    /// from a configured origin, never from the `Host` header.
    pub fn with_return_to(self, url: impl Into<String>) -> Self {
        self.with("return_to", url)
    }

    /// Login: asks somebody who is signed in to show a factor again.
    pub fn with_refresh(self) -> Self {
        self.with("refresh", "true")
    }

    /// Login: the level to reach (0.8 and later).
    pub fn with_aal(self, aal: &Aal) -> Self {
        self.with("aal", aal.as_str())
    }

    /// Login and registration: the OAuth 2 login challenge of Ory Hydra (0.11 and later).
    pub fn with_login_challenge(self, challenge: impl Into<String>) -> Self {
        self.with("login_challenge", challenge)
    }

    /// Login and registration: the organization (1.1 and later, Ory Network).
    pub fn with_organization(self, id: impl Into<String>) -> Self {
        self.with("organization", id)
    }

    /// Login and registration: the identity schema (25.4 and later).
    pub fn with_identity_schema(self, id: impl Into<String>) -> Self {
        self.with("identity_schema", id)
    }

    /// Login by code: the address (1.1 and later; Kratos calls it deprecated).
    pub fn with_via(self, address: impl Into<String>) -> Self {
        self.with("via", address)
    }

    /// Registration: where the browser goes after the verification that follows (0.13 and later).
    pub fn with_after_verification_return_to(self, url: impl Into<String>) -> Self {
        self.with("after_verification_return_to", url)
    }

    /// Native login and registration: asks for the first of the two codes that
    /// [`super::Native::exchange_session_token`] takes (1.0 and later).
    pub fn with_session_token_exchange_code(self) -> Self {
        self.with("return_session_token_exchange_code", "true")
    }

    /// Any other parameter.
    pub fn with_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value)
    }

    pub(super) fn apply(&self, mut call: Call) -> Call {
        call.query.extend(self.query.iter().map(|(name, value)| (name.clone(), value.as_str().to_owned())));
        call
    }
}

impl From<()> for NewFlow {
    fn from((): ()) -> Self {
        Self::new()
    }
}
