//! Bodies of identities to create or replace. Fields that are not set are not sent: Kratos refuses unknown fields.

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::ImportCredentials;
use crate::model::{Identity, IdentityState, RecoveryAddress, Region, VerifiableAddress};

/// The fields of a body by name. `Debug` shows the names only.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
struct Fields(Map<String, Value>);

impl Fields {
    fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Sets a model. Serializing a model does not fail.
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

/// An identity to create. `Debug` shows the names of the fields only.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct NewIdentity(Fields);

/// The replacement of an identity. Kratos removes metadata and external id that are not set;
/// [`UpdatedIdentity::from_identity`] keeps them. `Debug` shows the names of the fields only.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct UpdatedIdentity(Fields);

macro_rules! common {
    ($name:ident) => {
        impl $name {
            /// Sets the state: whether the user can sign in (since 0.8; in updates since 0.7).
            pub fn with_state(self, state: &IdentityState) -> Self {
                Self(self.0.set("state", state.as_str()))
            }

            /// Sets application data that the user can read (since 0.10).
            pub fn with_metadata_public(self, metadata: Value) -> Self {
                Self(self.0.set("metadata_public", metadata))
            }

            /// Sets application data that only the admin API returns (since 0.10).
            pub fn with_metadata_admin(self, metadata: Value) -> Self {
                Self(self.0.set("metadata_admin", metadata))
            }

            /// Sets the id of this user in another system (since 25.4).
            pub fn with_external_id(self, id: &str) -> Self {
                Self(self.0.set("external_id", id))
            }

            /// Sets the region that stores the identity (since a release after 26.2, Ory Network).
            pub fn with_region(self, region: &Region) -> Self {
                Self(self.0.set("region", region.as_str()))
            }

            /// Sets credentials to import (since 0.9; in updates since 0.11).
            pub fn with_credentials(self, credentials: ImportCredentials) -> Self {
                Self(self.0.set("credentials", credentials.into_value()))
            }

            /// Sets any other field.
            pub fn with_field(self, name: &str, value: impl Into<Value>) -> Self {
                Self(self.0.set(name, value))
            }
        }
    };
}

common!(NewIdentity);
common!(UpdatedIdentity);

impl NewIdentity {
    /// Creates an identity with this schema and these traits. It has no credentials unless they are set.
    pub fn new(schema_id: &str, traits: Value) -> Self {
        Self(Fields::default().set("schema_id", schema_id).set("traits", traits))
    }

    /// Sets addresses with their verification status (since 0.9).
    pub fn with_verifiable_addresses(self, addresses: &[VerifiableAddress]) -> Self {
        Self(self.0.set_model("verifiable_addresses", &addresses))
    }

    /// Sets the addresses for account recovery (since 0.9).
    pub fn with_recovery_addresses(self, addresses: &[RecoveryAddress]) -> Self {
        Self(self.0.set_model("recovery_addresses", &addresses))
    }

    /// Sets the organization (Ory Network, since 25.4).
    pub fn with_organization_id(self, id: Uuid) -> Self {
        Self(self.0.set("organization_id", id.to_string()))
    }
}

impl UpdatedIdentity {
    /// Creates a replacement with this schema and these traits, and no other field.
    pub fn new(schema_id: &str, traits: Value) -> Self {
        Self(Fields::default().set("schema_id", schema_id).set("traits", traits))
    }

    /// Creates a replacement with other traits that keeps state, metadata and external id.
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

/// Identities to create in one call (since 0.13). Kratos accepts at most 1000, or 200 with plaintext passwords (since 25.4;
/// 2000 before).
#[derive(Clone, Debug, Default, Serialize)]
#[must_use]
pub struct BatchIdentities {
    identities: Vec<Fields>,
}

impl BatchIdentities {
    /// Creates an empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an identity. Kratos returns `patch_id` with its result.
    pub fn with_identity(mut self, identity: &NewIdentity, patch_id: Option<Uuid>) -> Self {
        let mut fields = Fields::default().set_model("create", identity);
        if let Some(id) = patch_id {
            fields = fields.set("patch_id", json!(id));
        }
        self.identities.push(fields);
        self
    }
}
