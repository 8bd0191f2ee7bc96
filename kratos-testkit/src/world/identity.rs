//! Identities: traits, addresses and credentials.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{World, rfc3339, row_time};
use crate::config::RequiredAal;
use crate::schema::Schema;
use crate::webauthn::keys_of;

/// One identity.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) id: Uuid,
    pub(crate) schema_id: String,
    pub(crate) state: String,
    pub(crate) state_changed_at: Option<OffsetDateTime>,
    pub(crate) traits: Value,
    pub(crate) metadata_public: Value,
    pub(crate) metadata_admin: Value,
    pub(crate) external_id: Option<String>,
    pub(crate) verifiable_addresses: Vec<Address>,
    pub(crate) recovery_addresses: Vec<Address>,
    /// Credentials by type: `password`, `totp`, `lookup_secret`, `code`, …
    pub(crate) credentials: BTreeMap<&'static str, Credential>,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) updated_at: OffsetDateTime,
}

/// An address of an identity.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) id: Uuid,
    pub(crate) value: String,
    pub(crate) via: String,
    pub(crate) verified_at: Option<OffsetDateTime>,
    pub(crate) status: &'static str,
    pub(crate) created_at: OffsetDateTime,
}

/// A credential. Debug omits its configuration: it holds hashes and secrets.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) identifiers: Vec<String>,
    pub(crate) config: Value,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) updated_at: OffsetDateTime,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("identifiers", &self.identifiers).finish_non_exhaustive()
    }
}

impl Identity {
    /// Returns an identity of the schema, with only the credentials that the schema implies.
    pub(crate) fn new(schema_id: &str, schema: &Schema, traits: Value, now: OffsetDateTime) -> Self {
        let mut identity = Self {
            id: Uuid::new_v4(),
            schema_id: schema_id.to_owned(),
            state: "active".into(),
            state_changed_at: Some(now),
            traits: Value::Null,
            metadata_public: Value::Null,
            metadata_admin: Value::Null,
            external_id: None,
            verifiable_addresses: Vec::new(),
            recovery_addresses: Vec::new(),
            credentials: BTreeMap::new(),
            created_at: now,
            updated_at: now,
        };
        identity.set_traits(schema, traits, now);
        identity
    }

    /// Sets the traits and updates addresses and identifiers. Known addresses keep their state.
    pub(crate) fn set_traits(&mut self, schema: &Schema, traits: Value, now: OffsetDateTime) {
        let marked = schema.marked(&traits);
        let keep = |known: &[Address], wanted: &[(String, String)]| {
            let of = |(value, via): &(String, String)| {
                let same = known.iter().find(|address| address.value == *value && address.via == *via);
                same.cloned().unwrap_or_else(|| Address::new(value, via, now))
            };
            wanted.iter().map(of).collect::<Vec<_>>()
        };
        self.verifiable_addresses = keep(&self.verifiable_addresses, &marked.verification);
        self.recovery_addresses = keep(&self.recovery_addresses, &marked.recovery);
        for (kind, identifiers) in [("code", &marked.code), ("webauthn", &marked.webauthn)] {
            if identifiers.is_empty() {
                self.credentials.remove(kind);
            } else {
                // security keys stay
                let known = self.credentials.get(kind).map(|known| known.config.clone()).unwrap_or_default();
                self.set_credential(kind, identifiers.clone(), known, now);
            }
        }
        // the identifiers of a password exist before the password
        if let Some(password) = self.credentials.get_mut("password") {
            password.identifiers = marked.password;
        } else if !marked.password.is_empty() {
            self.set_credential("password", marked.password, Value::Null, now);
        }
        self.traits = traits;
        self.updated_at = now;
    }

    /// Returns true if a second factor is enrolled.
    pub(crate) fn has_second_factor(&self) -> bool {
        ["totp", "lookup_secret"].iter().any(|kind| self.credentials.contains_key(kind))
            || !keys_of(self, "webauthn").is_empty()
    }

    /// Marks the address as verified.
    pub(crate) fn verify(&mut self, address: &str, now: OffsetDateTime) {
        for known in self.verifiable_addresses.iter_mut().filter(|known| known.value == address) {
            known.verified_at = Some(now);
            known.status = "completed";
        }
    }

    /// Marks that a verification was mailed to the address.
    pub(crate) fn mark_sent(&mut self, address: &str) {
        for known in self.verifiable_addresses.iter_mut().filter(|known| known.value == address) {
            known.status = "sent";
        }
    }

    fn is_known_as(&self, kind: &str, identifier: &str) -> bool {
        self.credentials
            .get(kind)
            .is_some_and(|known| known.identifiers.iter().any(|name| name == identifier))
    }
}

impl Address {
    pub(crate) fn new(value: &str, via: &str, now: OffsetDateTime) -> Self {
        let (value, via) = (value.to_owned(), via.to_owned());
        Self { id: Uuid::new_v4(), value, via, verified_at: None, status: "pending", created_at: now }
    }

    fn verifiable(&self) -> Value {
        let mut address = json!({
            "id": self.id, "value": self.value, "verified": self.verified_at.is_some(), "via": self.via,
            "status": self.status,
        });
        if let (Some(at), Value::Object(address)) = (self.verified_at, &mut address) {
            address.insert("verified_at".into(), rfc3339(at).into());
        }
        self.with_times(address)
    }

    fn recovery(&self) -> Value {
        self.with_times(json!({"id": self.id, "value": self.value, "via": self.via}))
    }

    fn with_times(&self, mut address: Value) -> Value {
        if let Value::Object(address) = &mut address {
            address.insert("created_at".into(), row_time(self.created_at).into());
            address.insert("updated_at".into(), row_time(self.created_at).into());
        }
        address
    }
}

impl World {
    pub(crate) fn identity(&self, id: Uuid) -> Option<&Identity> {
        self.identities.iter().find(|identity| identity.id == id)
    }

    pub(crate) fn identity_mut(&mut self, id: Uuid) -> Option<&mut Identity> {
        self.identities.iter_mut().find(|identity| identity.id == id)
    }

    /// Returns the identity with a credential of this type and identifier.
    pub(crate) fn known_as(&self, kind: &str, identifier: &str) -> Option<&Identity> {
        let identifier = identifier.trim().to_lowercase();
        self.identities.iter().find(|identity| identity.is_known_as(kind, &identifier))
    }

    /// Returns the identity with any credential of this identifier.
    pub(crate) fn has_identifier(&self, identifier: &str) -> Option<&Identity> {
        let kinds = ["password", "code", "webauthn"];
        kinds.iter().find_map(|kind| self.known_as(kind, identifier))
    }

    /// Returns true if sessions of the identity must use two factors.
    pub(crate) fn requires_second_factor(&self, id: Uuid) -> bool {
        self.config.whoami_aal == RequiredAal::HighestAvailable
            && self.identity(id).is_some_and(Identity::has_second_factor)
    }

    /// Returns the identifier or address that the identity shares with another.
    pub(crate) fn conflicting(&self, person: &Identity) -> Option<String> {
        let identifiers = person.credentials.iter().filter(|(kind, _)| **kind != "oidc");
        let identifiers = identifiers.flat_map(|(_, known)| known.identifiers.iter());
        let addresses = person.verifiable_addresses.iter().chain(&person.recovery_addresses);
        let mut all = identifiers.chain(addresses.map(|address| &address.value));
        all.find(|value| self.has_identifier(value).is_some_and(|other| other.id != person.id)).cloned()
    }

    /// Returns true if another identity has one of the same identifiers or addresses, or the same external id.
    pub(crate) fn conflicts(&self, person: &Identity) -> bool {
        self.identities.iter().filter(|other| other.id != person.id).any(|other| {
            let same_external = person.external_id.is_some() && person.external_id == other.external_id;
            let same_identifier = person.credentials.iter().any(|(kind, known)| {
                known.identifiers.iter().any(|identifier| other.is_known_as(kind, identifier))
            });
            let same_address = |ours: &[Address], theirs: &[Address]| {
                ours.iter()
                    .any(|our| theirs.iter().any(|their| their.value == our.value && their.via == our.via))
            };
            same_external
                || same_identifier
                || same_address(&person.verifiable_addresses, &other.verifiable_addresses)
                || same_address(&person.recovery_addresses, &other.recovery_addresses)
        })
    }

    /// Returns the identity without addresses and schema URL, as lists of sessions hold it.
    pub(crate) fn identity_beside_sessions(&self, id: Uuid) -> Value {
        let Some(person) = self.identity(id) else { return Value::Null };
        let mut person = self.public_identity(person);
        if let Value::Object(person) = &mut person {
            person.shift_remove("verifiable_addresses");
            person.shift_remove("recovery_addresses");
            person.insert("schema_url".into(), json!(""));
        }
        person
    }

    /// Returns the identity as the public API writes it.
    pub(crate) fn public_identity(&self, identity: &Identity) -> Value {
        let mut shown = Map::new();
        shown.insert("id".into(), json!(identity.id));
        if let Some(external) = &identity.external_id {
            shown.insert("external_id".into(), external.as_str().into());
        }
        shown.insert("schema_id".into(), identity.schema_id.as_str().into());
        shown.insert("schema_url".into(), self.schema_url(&identity.schema_id).into());
        shown.insert("state".into(), identity.state.as_str().into());
        if let Some(at) = identity.state_changed_at {
            shown.insert("state_changed_at".into(), rfc3339(at).into());
        }
        shown.insert("traits".into(), identity.traits.clone());
        if !identity.verifiable_addresses.is_empty() {
            let list = identity.verifiable_addresses.iter().map(Address::verifiable).collect();
            shown.insert("verifiable_addresses".into(), Value::Array(list));
        }
        if !identity.recovery_addresses.is_empty() {
            let list = identity.recovery_addresses.iter().map(Address::recovery).collect();
            shown.insert("recovery_addresses".into(), Value::Array(list));
        }
        shown.insert("metadata_public".into(), identity.metadata_public.clone());
        shown.insert("created_at".into(), row_time(identity.created_at).into());
        shown.insert("updated_at".into(), row_time(identity.updated_at).into());
        shown.insert("organization_id".into(), Value::Null);
        Value::Object(shown)
    }

    /// Returns a schema's URL, which holds the base64url of its id.
    fn schema_url(&self, id: &str) -> String {
        use base64::Engine;
        let name = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(id);
        format!("{}/schemas/{name}", self.public_url)
    }
}
