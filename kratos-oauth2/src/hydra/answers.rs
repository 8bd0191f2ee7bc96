//! What the pages send to Hydra.

use std::{borrow::Cow, time::Duration};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::Claims;

/// What a user allows a client, for [`HydraAdmin::accept_consent_request`](crate::HydraAdmin::accept_consent_request).
#[derive(Clone, Debug, Default, Serialize)]
#[must_use]
pub struct ConsentGrant {
    grant_scope: Vec<String>,
    grant_access_token_audience: Vec<String>,
    session: GrantedClaims,
    remember: bool,
    remember_for: u64,
}

#[derive(Clone, Default, Serialize)]
struct GrantedClaims {
    id_token: Map<String, Value>,
    access_token: Map<String, Value>,
}

/// Shows the names of claims alone.
impl std::fmt::Debug for GrantedClaims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GrantedClaims")
            .field("id_token", &self.id_token.keys())
            .field("access_token", &self.access_token.keys())
            .finish()
    }
}

impl ConsentGrant {
    /// Grants these scopes. Default of everything else: no audience, no claims, not remembered.
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { grant_scope: scopes.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Grants these audiences of the access token.
    pub fn with_audience(mut self, audience: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.grant_access_token_audience = audience.into_iter().map(Into::into).collect();
        self
    }

    /// Issues these claims.
    pub fn with_claims(mut self, claims: Claims) -> Self {
        let (id_token, access_token) = claims.into_parts();
        self.session = GrantedClaims { id_token, access_token };
        self
    }

    /// Does not ask the user again for the same scopes of this client. Whole seconds, at least one.
    pub fn with_remember_for(mut self, time: Duration) -> Self {
        // For Hydra, 0 means without end.
        (self.remember, self.remember_for) = (true, time.as_secs().max(1));
        self
    }
}

/// Why a request is rejected, for the client (RFC 6749 §4.1.2.1).
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct ProviderRefusal {
    error: Cow<'static, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    error_description: Cow<'static, str>,
}

impl ProviderRefusal {
    /// Rejects with this error code.
    pub fn new(error: impl Into<Cow<'static, str>>) -> Self {
        Self { error: error.into(), error_description: Cow::Borrowed("") }
    }

    /// Rejects with `access_denied`.
    pub fn access_denied() -> Self {
        Self::new("access_denied")
    }

    /// Adds a description for the client's developers. It must hold nothing of the user.
    pub fn with_description(mut self, description: impl Into<Cow<'static, str>>) -> Self {
        self.error_description = description.into();
        self
    }
}

/// Which consents of a user are revoked, for [`HydraAdmin::revoke_consents`](crate::HydraAdmin::revoke_consents).
#[derive(Clone, Debug)]
#[must_use]
pub struct ConsentsOf {
    subject: String,
    client: Option<String>,
}

impl ConsentsOf {
    /// Selects all consents of a user: with Kratos, by the identity's id.
    pub fn subject(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), client: None }
    }

    /// Selects the consents to this client alone.
    pub fn with_client(self, client_id: impl Into<String>) -> Self {
        Self { client: Some(client_id.into()), ..self }
    }

    pub(super) fn query(&self) -> [(&str, &str); 2] {
        let which = self.client.as_deref().map_or(("all", "true"), |client| ("client", client));
        [("subject", &self.subject), which]
    }
}
