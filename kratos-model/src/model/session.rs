//! Sessions.

use std::sync::Arc;

use uuid::Uuid;

use super::{Aal, Identity, Method};
use crate::wire::{SecretText, Timestamp, wire_struct};

wire_struct! {
    /// A session: who signed in, how, when, and until when.
    ///
    /// Only the id is always there. It never contains the token or cookie that opens it.
    pub struct Session {
        required {
            /// The session's id; it opens nothing.
            id: Uuid = "id",
        }
        optional {
            /// Whether the session is active. Prefer [`Session::is_active_at`].
            active: Option<bool> = "active",
            /// When the session ends.
            expires_at: Option<Timestamp> = "expires_at",
            /// When its owner last showed a factor. A privileged action asks how long ago that was.
            authenticated_at: Option<Timestamp> = "authenticated_at",
            /// How much the sign-in assures (0.8 and later).
            authenticator_assurance_level: Option<Aal> = "authenticator_assurance_level",
            /// The factors shown, oldest first (0.8 and later).
            authentication_methods: Vec<AuthenticationMethod> = "authentication_methods",
            /// When the session began.
            issued_at: Option<Timestamp> = "issued_at",
            /// Whose session it is. Absent while a second factor is pending and in unexpanded admin lists;
            /// whoami always tells it. Shared, so that a copy for a request is cheap.
            identity: Option<Arc<Identity>> = "identity",
            /// The devices that used the session (0.11 and later).
            devices: Vec<Device> = "devices",
            /// The session as a JWT, when `tokenize_as` was asked for (1.1 and later).
            tokenized: Option<SecretText> = "tokenized",
        }
    }
}

impl Session {
    /// Whether the session is neither marked inactive nor past its end at `now`.
    ///
    /// A field that is absent does not speak against it: Kratos answers for a session only while it is valid.
    #[must_use]
    pub fn is_active_at(&self, now: Timestamp) -> bool {
        self.active != Some(false) && self.expires_at.is_none_or(|end| end > now)
    }

    /// Whether two factors were shown.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.authenticator_assurance_level.as_ref().is_some_and(Aal::is_second_factor)
    }

    /// Gives back the memory that lists took to grow, before the session is remembered.
    #[doc(hidden)]
    pub fn shrink(&mut self) {
        self.authentication_methods.shrink_to_fit();
        self.devices.shrink_to_fit();
        if let Some(identity) = self.identity.as_mut().and_then(Arc::get_mut) {
            identity.verifiable_addresses.shrink_to_fit();
            identity.recovery_addresses.shrink_to_fit();
        }
    }

    /// The identity, where the answer told it.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }
}

wire_struct! {
    /// One factor that was shown (0.8 and later).
    pub struct AuthenticationMethod {
        required {}
        optional {
            /// Which.
            method: Option<Method> = "method",
            /// The level that it assures (0.9 and later; empty for sessions older than that).
            aal: Option<Aal> = "aal",
            /// When.
            completed_at: Option<Timestamp> = "completed_at",
            /// The single sign-on provider (1.0 and later).
            provider: Option<String> = "provider",
            /// The organization signed in to (1.1 and later).
            organization: Option<String> = "organization",
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
            /// The address it came from, with its port.
            ip_address: Option<String> = "ip_address",
            /// Its `User-Agent`.
            user_agent: Option<String> = "user_agent",
            /// Where the proxy before Kratos says it is.
            location: Option<String> = "location",
        }
    }
}
