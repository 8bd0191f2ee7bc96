//! Identities.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{IdentityCredentials, Method};
use crate::wire::{JsonError, RawJson, Timestamp, open_enum, wire_struct};

wire_struct! {
    /// A person (or a machine) that can sign in.
    pub struct Identity {
        required {
            /// The identity's id.
            id: Uuid = "id",
        }
        optional {
            /// Credentials by type. Only the admin side tells them.
            credentials: BTreeMap<Method, IdentityCredentials> = "credentials",
            /// The id that your own system has for this person (25.4 and later).
            external_id: Option<String> = "external_id",
            /// The schema that its traits follow.
            schema_id: String = "schema_id",
            /// Where that schema can be read.
            schema_url: String = "schema_url",
            /// Whether it may sign in (0.7 and later).
            state: Option<IdentityState> = "state",
            /// When `state` last changed (0.7 and later).
            state_changed_at: Option<Timestamp> = "state_changed_at",
            /// What is known of the person, by the schema; see [`Identity::traits`].
            traits: Option<RawJson> = "traits",
            /// Addresses that can be verified.
            verifiable_addresses: Vec<VerifiableAddress> = "verifiable_addresses",
            /// Addresses that an account can be recovered by.
            recovery_addresses: Vec<RecoveryAddress> = "recovery_addresses",
            /// Data of the application that the person may see (0.10 and later).
            metadata_public: Option<RawJson> = "metadata_public",
            /// Data of the application that only the admin side sees (0.10 and later).
            metadata_admin: Option<RawJson> = "metadata_admin",
            /// The organization (1.1 and later, Ory Network).
            organization_id: Option<Uuid> = "organization_id",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

impl Identity {
    /// The traits as a type of yours. Each call parses them anew.
    ///
    /// # Errors
    /// When the traits do not fit `T`. The session is not touched by that.
    pub fn traits<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        self.traits.as_ref().ok_or_else(JsonError::missing)?.parse()
    }

    /// Whether at least one address is verified.
    #[must_use]
    pub fn has_verified_address(&self) -> bool {
        self.verifiable_addresses.iter().any(|address| address.verified)
    }
}

open_enum! {
    /// Whether an identity may sign in (0.7 and later).
    pub enum IdentityState {
        /// It may.
        Active = "active",
        /// It may not, and has no sessions.
        Inactive = "inactive",
    }
}

wire_struct! {
    /// An address that can be verified.
    pub struct VerifiableAddress {
        required {}
        optional {
            /// The address's id.
            id: Option<Uuid> = "id",
            /// The address itself.
            value: String = "value",
            /// Whether its owner proved that it is theirs.
            verified: bool = "verified",
            /// How it is reached: `email`, `sms`; `phone` on 0.8.3 to 1.0. Kratos leaves it open.
            via: String = "via",
            /// How far verification is.
            status: Option<AddressStatus> = "status",
            /// When it was verified.
            verified_at: Option<Timestamp> = "verified_at",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

open_enum! {
    /// How far the verification of an address is.
    pub enum AddressStatus {
        /// Nothing was sent yet.
        Pending = "pending",
        /// A message was sent.
        Sent = "sent",
        /// It is verified.
        Completed = "completed",
    }
}

wire_struct! {
    /// An address that an account can be recovered by.
    pub struct RecoveryAddress {
        required {}
        optional {
            /// The address's id.
            id: Option<Uuid> = "id",
            /// The address itself.
            value: String = "value",
            /// How it is reached: `email`; `sms` on 25.4 and later.
            via: String = "via",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}
