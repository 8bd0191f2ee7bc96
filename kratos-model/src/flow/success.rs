//! What a completed submit answers.

use super::{ContinueWith, SettingsFlow};
use crate::{
    model::{Identity, Session},
    wire::{SecretText, wire_struct},
};

wire_struct! {
    /// A sign-in that succeeded.
    pub struct SuccessfulLogin {
        required {
            /// The session. Its identity is missing while a second factor is pending (0.9 and later).
            session: Session = "session",
        }
        optional {
            /// The token of the session, for native apps. A browser got a cookie.
            session_token: Option<SecretText> = "session_token",
            /// What follows (1.2 and later).
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

wire_struct! {
    /// A sign-up that succeeded.
    pub struct SuccessfulRegistration {
        required {
            /// The new identity.
            identity: Identity = "identity",
        }
        optional {
            /// The session, where Kratos is configured to sign in after a sign-up (hook `session`).
            session: Option<Session> = "session",
            /// The token of the session, for native apps.
            session_token: Option<SecretText> = "session_token",
            /// What follows (0.13 and later), usually to verify an address.
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

wire_struct! {
    /// A change of settings that was saved.
    pub struct SuccessfulSettings {
        required {}
        optional {
            /// The flow with the new values; 0.6 does not tell it to a browser that submits JSON.
            flow: Option<SettingsFlow> = "flow",
            /// The identity with the new values, up to 0.7; see [`SuccessfulSettings::identity`].
            legacy_identity: Option<Identity> = "identity",
        }
    }
}

impl SuccessfulSettings {
    /// The identity with the new values.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.flow.as_ref().and_then(|flow| flow.identity.as_ref()).or(self.legacy_identity.as_ref())
    }

    /// What follows (0.13 and later).
    #[must_use]
    pub fn continue_with(&self) -> &[ContinueWith] {
        self.flow.as_ref().map(|flow| flow.continue_with.as_slice()).unwrap_or_default()
    }
}

wire_struct! {
    /// The session that a native app gets for its two codes after single sign-on (1.0 and later).
    pub struct CodeExchange {
        required {
            /// The session.
            session: Session = "session",
        }
        optional {
            /// Its token.
            session_token: Option<SecretText> = "session_token",
        }
    }
}
