//! Responses to a completed submit.

use super::{ContinueWith, SettingsFlow};
use crate::{
    model::{Identity, Session},
    wire::{SecretText, wire_struct},
};

wire_struct! {
    /// The response to a completed login.
    pub struct SuccessfulLogin {
        required {
            /// The session. Its identity is missing while a second factor is pending (0.9 and later).
            session: Session = "session",
        }
        optional {
            /// The session token, for native apps. A browser receives a cookie instead.
            session_token: Option<SecretText> = "session_token",
            /// The steps that follow (1.2 and later).
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

wire_struct! {
    /// The response to a completed registration.
    pub struct SuccessfulRegistration {
        required {
            /// The new identity.
            identity: Identity = "identity",
        }
        optional {
            /// The session, if Kratos signs the user in after registration (hook `session`).
            session: Option<Session> = "session",
            /// The session token, for native apps.
            session_token: Option<SecretText> = "session_token",
            /// The steps that follow (0.13 and later), usually a verification.
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

wire_struct! {
    /// The response to a saved change of settings.
    pub struct SuccessfulSettings {
        required {}
        optional {
            /// The flow with the new values. 0.6 does not send it to a browser that submits JSON.
            flow: Option<SettingsFlow> = "flow",
            /// The identity with the new values, up to 0.7. Prefer [`SuccessfulSettings::identity`].
            legacy_identity: Option<Identity> = "identity",
        }
    }
}

impl SuccessfulSettings {
    /// Returns the identity with the new values.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.flow.as_ref().and_then(|flow| flow.identity.as_ref()).or(self.legacy_identity.as_ref())
    }

    /// Returns the steps that follow (0.13 and later).
    #[must_use]
    pub fn continue_with(&self) -> &[ContinueWith] {
        self.flow.as_ref().map(|flow| flow.continue_with.as_slice()).unwrap_or_default()
    }
}

wire_struct! {
    /// The response to the exchange of a native app's two codes after single sign-on (1.0 and later).
    pub struct CodeExchange {
        required {
            /// The session.
            session: Session = "session",
        }
        optional {
            /// The session token.
            session_token: Option<SecretText> = "session_token",
        }
    }
}
