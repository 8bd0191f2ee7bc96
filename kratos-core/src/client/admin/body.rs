//! What an identity is made or replaced with. Only what is given is sent: Kratos refuses fields that a release does
//! not know (api-map A1, strict bodies).

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::ImportCredentials;
use crate::model::{Identity, IdentityState, RecoveryAddress, VerifiableAddress};

/// The fields of a body by name; `Debug` shows the names alone.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
struct Fields(Map<String, Value>);

impl Fields {
    fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Models can always be written as JSON; one that could not be would be refused by Kratos.
    fn set_model(self, name: &str, value: &impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.set(name, value)
    }
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A new identity.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct NewIdentity(Fields);

/// An identity as it shall be. Kratos replaces the whole of it: metadata and external id that are not given are
/// gone. [`UpdatedIdentity::from_identity`] keeps them.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct UpdatedIdentity(Fields);

macro_rules! common {
    ($name:ident) => {
        impl $name {
            /// Whether it may sign in (0.8 and later; 0.7 takes it in updates).
            pub fn with_state(self, state: &IdentityState) -> Self {
                Self(self.0.set("state", state.as_str()))
            }

            /// Data of the application that the person may see (0.10 and later).
            pub fn with_metadata_public(self, metadata: Value) -> Self {
                Self(self.0.set("metadata_public", metadata))
            }

            /// Data of the application that only the admin side sees (0.10 and later).
            pub fn with_metadata_admin(self, metadata: Value) -> Self {
                Self(self.0.set("metadata_admin", metadata))
            }

            /// The id that your own system has for this person (25.4 and later).
            pub fn with_external_id(self, id: &str) -> Self {
                Self(self.0.set("external_id", id))
            }

            /// Credentials to bring along (0.9 and later; in updates 0.11 and later).
            pub fn with_credentials(self, credentials: ImportCredentials) -> Self {
                Self(self.0.set("credentials", credentials.into_value()))
            }

            /// Any other field.
            pub fn with_field(self, name: &str, value: impl Into<Value>) -> Self {
                Self(self.0.set(name, value))
            }
        }
    };
}

common!(NewIdentity);
common!(UpdatedIdentity);

impl NewIdentity {
    /// An identity of this schema with these traits. It has no credentials, so nobody can sign in with it yet.
    pub fn new(schema_id: &str, traits: Value) -> Self {
        Self(Fields::default().set("schema_id", schema_id).set("traits", traits))
    }

    /// Addresses that are known to be verified, or not (0.9 and later).
    pub fn with_verifiable_addresses(self, addresses: &[VerifiableAddress]) -> Self {
        Self(self.0.set_model("verifiable_addresses", &addresses))
    }

    /// Addresses that the account can be recovered by (0.9 and later).
    pub fn with_recovery_addresses(self, addresses: &[RecoveryAddress]) -> Self {
        Self(self.0.set_model("recovery_addresses", &addresses))
    }

    /// The organization (25.4 and later, Ory Network).
    pub fn with_organization_id(self, id: Uuid) -> Self {
        Self(self.0.set("organization_id", id.to_string()))
    }
}

impl UpdatedIdentity {
    /// An identity of this schema with these traits, and nothing else.
    pub fn new(schema_id: &str, traits: Value) -> Self {
        Self(Fields::default().set("schema_id", schema_id).set("traits", traits))
    }

    /// An identity as it is, with other traits: state, metadata and external id stay.
    pub fn from_identity(identity: &Identity, traits: Value) -> Self {
        let mut fields = Self::new(&identity.schema_id, traits).0;
        if let Some(state) = &identity.state {
            fields = fields.set("state", state.as_str());
        }
        if let Some(metadata) = &identity.metadata_public {
            fields = fields.set("metadata_public", metadata.to_value());
        }
        if let Some(metadata) = &identity.metadata_admin {
            fields = fields.set("metadata_admin", metadata.to_value());
        }
        if let Some(id) = &identity.external_id {
            fields = fields.set("external_id", id.as_str());
        }
        Self(fields)
    }
}

/// Many new identities in one call (0.13 and later). Kratos takes at most 1000, or 200 with passwords in the clear
/// (25.4 and later; 2000 before).
#[derive(Clone, Debug, Default, Serialize)]
#[must_use]
pub struct BatchIdentities {
    identities: Vec<Fields>,
}

impl BatchIdentities {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more. `patch_id` comes back with its result.
    pub fn with_identity(mut self, identity: &NewIdentity, patch_id: Option<Uuid>) -> Self {
        let mut fields = Fields::default().set_model("create", identity);
        if let Some(id) = patch_id {
            fields = fields.set("patch_id", json!(id));
        }
        self.identities.push(fields);
        self
    }
}
