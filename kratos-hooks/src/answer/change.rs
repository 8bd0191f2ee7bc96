//! A change of the identity before Kratos stores it.

use std::fmt;

use http::StatusCode;
use kratos_model::{IdentityState, JsonError, RawJson, RecoveryAddress, VerifiableAddress};
use serde::Serialize;

use super::HookResponse;

/// A change of the identity, after a registration or in settings, for [`HookCall::change`](crate::HookCall::change).
///
/// Kratos replaces each field that is given as a whole and merges nothing, so every method takes the whole new value, and
/// its name says so. A field that is not given stays as it is. Kratos takes no empty list, so a hook cannot remove the last
/// address; metadata whose JSON is `null` is removed (26.2.0 and 1.3.1, selfservice/hook/web_hook.go,
/// `parseWebhookResponse`).
#[must_use = "pass it to `HookCall::change`"]
pub struct IdentityChange<T = RawJson> {
    fields: Fields,
    failed: bool,
    traits: std::marker::PhantomData<fn(T)>,
}

#[derive(Default, Serialize)]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    traits: Option<RawJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<IdentityState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verifiable_addresses: Option<Vec<VerifiableAddress>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_addresses: Option<Vec<RecoveryAddress>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_public: Option<RawJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_admin: Option<RawJson>,
    /// The inner `None` is `null`, which clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<Option<String>>,
}

impl<T> IdentityChange<T> {
    /// Returns a change of nothing.
    pub fn new() -> Self {
        Self { fields: Fields::default(), failed: false, traits: std::marker::PhantomData }
    }

    /// Replaces all traits: pass every trait, not only the changed ones. Kratos validates them by the identity schema.
    pub fn replace_traits(mut self, traits: &T) -> Self
    where
        T: Serialize,
    {
        let encoded = RawJson::from_value(traits);
        self.fields.traits = self.encoded(encoded);
        self
    }

    /// Replaces all public metadata, which the user may read. A value whose JSON is `null`, such as `None` or `()`, removes it.
    pub fn replace_metadata_public(mut self, metadata: &impl Serialize) -> Self {
        let encoded = RawJson::from_value(metadata);
        self.fields.metadata_public = self.encoded(encoded);
        self
    }

    /// Replaces all admin metadata. Kratos sends it to no hook, so the present value is known from the admin API alone. A value
    /// whose JSON is `null`, such as `None` or `()`, removes it.
    pub fn replace_metadata_admin(mut self, metadata: &impl Serialize) -> Self {
        let encoded = RawJson::from_value(metadata);
        self.fields.metadata_admin = self.encoded(encoded);
        self
    }

    /// Replaces the list of verifiable addresses.
    pub fn replace_verifiable_addresses(mut self, addresses: Vec<VerifiableAddress>) -> Self {
        self.fields.verifiable_addresses = Some(addresses);
        self
    }

    /// Replaces the list of recovery addresses.
    pub fn replace_recovery_addresses(mut self, addresses: Vec<RecoveryAddress>) -> Self {
        self.fields.recovery_addresses = Some(addresses);
        self
    }

    /// Sets the id of the identity schema.
    pub fn with_schema_id(mut self, id: impl Into<String>) -> Self {
        self.fields.schema_id = Some(id.into());
        self
    }

    /// Sets whether the user may sign in.
    pub fn with_state(mut self, state: IdentityState) -> Self {
        self.fields.state = Some(state);
        self
    }

    /// Sets the user's id in another system; `None` removes it (25.4 and later).
    pub fn with_external_id(mut self, id: Option<String>) -> Self {
        self.fields.external_id = Some(id);
        self
    }

    fn encoded(&mut self, value: Result<RawJson, JsonError>) -> Option<RawJson> {
        self.failed |= value.is_err();
        value.ok()
    }
}

impl<T> IdentityChange<T> {
    pub(crate) fn into_response(self) -> HookResponse {
        #[derive(Serialize)]
        struct Body {
            identity: Fields,
        }
        if self.failed {
            tracing::error!(target: "kratos", "a changed identity has no JSON form: the flow was stopped");
            return HookResponse::stop();
        }
        HookResponse::json(StatusCode::OK, &Body { identity: self.fields })
    }
}

impl<T> Default for IdentityChange<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for IdentityChange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityChange").finish_non_exhaustive()
    }
}
