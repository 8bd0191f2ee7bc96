//! Identities.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{IdentityCredentials, Method};
use crate::wire::{JsonError, RawJson, Timestamp, open_enum, wire_struct};

wire_struct! {
    /// Kratos' record of a user.
    pub struct Identity {
        required {
            /// The identity's id.
            id: Uuid = "id",
        }
        optional {
            /// The credentials by type; admin API only.
            credentials: BTreeMap<Method, IdentityCredentials> = "credentials",
            /// The user's id in another system (25.4 and later).
            external_id: Option<String> = "external_id",
            /// The id of the identity schema.
            schema_id: String = "schema_id",
            /// The URL of the identity schema.
            schema_url: String = "schema_url",
            /// Whether the user may sign in (0.7 and later).
            state: Option<IdentityState> = "state",
            /// The time of the last change of `state` (0.7 and later).
            state_changed_at: Option<Timestamp> = "state_changed_at",
            /// The traits; see [`Identity::traits`].
            traits: Option<RawJson> = "traits",
            /// The addresses that can be verified.
            verifiable_addresses: Vec<VerifiableAddress> = "verifiable_addresses",
            /// The addresses that recovery messages can be sent to.
            recovery_addresses: Vec<RecoveryAddress> = "recovery_addresses",
            /// Data of the application that the user may read (0.10 and later).
            metadata_public: Option<RawJson> = "metadata_public",
            /// Data of the application; admin API only (0.10 and later).
            metadata_admin: Option<RawJson> = "metadata_admin",
            /// The organization (1.1 and later, Ory Network).
            organization_id: Option<Uuid> = "organization_id",
            /// The region that stores the identity (after 26.2, Ory Network).
            region: Option<Region> = "region",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

open_enum! {
    /// A region of the Ory Network (after 26.2; Kratos' OpenAPI, `identity.region`).
    pub enum Region {
        /// Central Europe.
        EuCentral = "eu-central",
        /// North-east Asia.
        AsiaNortheast = "asia-northeast",
        /// The east of the United States.
        UsEast = "us-east",
        /// The west of the United States.
        UsWest = "us-west",
        /// Any region of Europe.
        Eu = "eu",
        /// Any region of Asia.
        Asia = "asia",
        /// Any region of the United States.
        Us = "us",
        /// Every region.
        Global = "global",
    }
}

impl Identity {
    /// Returns the traits, deserialized into `T`. Parses them on each call.
    ///
    /// # Errors
    /// Returns an error if the identity has no traits or they do not match `T`.
    pub fn traits<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        self.traits.as_ref().ok_or_else(JsonError::missing)?.parse()
    }

    /// Returns whether at least one address is verified.
    #[must_use]
    pub fn has_verified_address(&self) -> bool {
        self.verifiable_addresses.iter().any(|address| address.verified)
    }
}

open_enum! {
    /// Whether a user may sign in (0.7 and later).
    pub enum IdentityState {
        /// The user may sign in.
        Active = "active",
        /// The user may not sign in and has no active session.
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
            /// Whether the user proved ownership of the address.
            verified: bool = "verified",
            /// The channel: `email`, `sms`, or `phone` in 0.8.3 to 1.0. Kratos does not fix the set.
            via: String = "via",
            /// The progress of the verification.
            status: Option<AddressStatus> = "status",
            /// The time of the verification.
            verified_at: Option<Timestamp> = "verified_at",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

open_enum! {
    /// The progress of the verification of an address.
    pub enum AddressStatus {
        /// No message was sent.
        Pending = "pending",
        /// A message was sent.
        Sent = "sent",
        /// The address is verified.
        Completed = "completed",
    }
}

wire_struct! {
    /// An address that recovery messages can be sent to.
    pub struct RecoveryAddress {
        required {}
        optional {
            /// The address's id.
            id: Option<Uuid> = "id",
            /// The address itself.
            value: String = "value",
            /// The channel: `email`, or `sms` in 25.4 and later.
            via: String = "via",
            /// The organization whose single sign-on this address may bypass in an emergency (after 26.2, Ory Network).
            break_glass_for_organization: Option<Uuid> = "break_glass_for_organization",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}
