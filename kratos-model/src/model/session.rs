//! Sessions.

use std::sync::Arc;

use uuid::Uuid;

use super::{Aal, Identity, Method};
use crate::wire::{SecretText, Timestamp, wire_struct};

wire_struct! {
    /// A session: the identity, how it authenticated, and how long the session lasts.
    ///
    /// Only the id is always present. The session token or session cookie is never part of it.
    pub struct Session {
        required {
            /// The session's id. It is not a credential.
            id: Uuid = "id",
        }
        optional {
            /// Whether the session is active. Prefer [`Session::is_active_at`].
            active: Option<bool> = "active",
            /// The time when the session expires.
            expires_at: Option<Timestamp> = "expires_at",
            /// The time of the last authentication. Privileged actions limit its age.
            authenticated_at: Option<Timestamp> = "authenticated_at",
            /// The assurance level (0.8 and later).
            authenticator_assurance_level: Option<Aal> = "authenticator_assurance_level",
            /// The authentication methods used, oldest first (0.8 and later).
            authentication_methods: Vec<AuthenticationMethod> = "authentication_methods",
            /// The time of creation.
            issued_at: Option<Timestamp> = "issued_at",
            /// The identity. Absent while a second factor is pending and in admin lists without `expand`;
            /// always present in whoami responses. Shared, so that cloning a session is cheap.
            identity: Option<Arc<Identity>> = "identity",
            /// The devices that used the session (0.11 and later).
            devices: Vec<Device> = "devices",
            /// The session as a JWT, if the request set `tokenize_as` (1.1 and later).
            tokenized: Option<SecretText> = "tokenized",
        }
    }
}

impl Session {
    /// Returns whether the session is neither marked inactive nor expired at `now`.
    ///
    /// Absent fields count as active: Kratos returns a session only while it is valid.
    #[must_use]
    pub fn is_active_at(&self, now: Timestamp) -> bool {
        self.active != Some(false) && self.expires_at.is_none_or(|end| end > now)
    }

    /// Returns whether the session reached AAL2.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.authenticator_assurance_level.as_ref().is_some_and(Aal::is_second_factor)
    }

    /// Shrinks the lists to their contents, before the session enters a cache.
    #[doc(hidden)]
    pub fn shrink(&mut self) {
        self.authentication_methods.shrink_to_fit();
        self.devices.shrink_to_fit();
        if let Some(identity) = self.identity.as_mut().and_then(Arc::get_mut) {
            identity.verifiable_addresses.shrink_to_fit();
            identity.recovery_addresses.shrink_to_fit();
        }
    }

    /// Returns the identity, if Kratos sent it.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }
}

wire_struct! {
    /// One use of an authentication method (0.8 and later).
    pub struct AuthenticationMethod {
        required {}
        optional {
            /// The method.
            method: Option<Method> = "method",
            /// The level it grants (0.9 and later; empty for older sessions).
            aal: Option<Aal> = "aal",
            /// The time of use.
            completed_at: Option<Timestamp> = "completed_at",
            /// The single sign-on provider (1.0 and later).
            provider: Option<String> = "provider",
            /// The organization (1.1 and later).
            organization: Option<String> = "organization",
            /// The assurance level that the provider's ID token states (`acr`; after 26.2).
            upstream_acr: Option<String> = "upstream_acr",
            /// The methods that the provider's ID token states (`amr`; after 26.2).
            upstream_amr: Vec<String> = "upstream_amr",
        }
    }
}

wire_struct! {
    /// A device that used a session (0.11 and later).
    pub struct Device {
        required {}
        optional {
            /// The device's id.
            id: Option<Uuid> = "id",
            /// The IP address, with the port.
            ip_address: Option<String> = "ip_address",
            /// The `User-Agent` header.
            user_agent: Option<String> = "user_agent",
            /// The location, as reported by the proxy in front of Kratos.
            location: Option<String> = "location",
        }
    }
}
