//! The steps that follow a flow.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;
use uuid::Uuid;

use crate::wire::{QuietText, RawJson, SecretText, wire_struct};

/// A step that follows a flow (0.13 and later). Run the steps in order and skip unknown ones.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ContinueWith {
    /// Store the session token.
    SetOrySessionToken(SetOrySessionToken),
    /// Show the verification flow.
    ShowVerificationUi(ShowFlow),
    /// Show the settings flow, usually to set a new password (1.1 and later).
    ShowSettingsUi(ShowFlow),
    /// Show the recovery flow (1.1 and later).
    ShowRecoveryUi(ShowFlow),
    /// Navigate the browser to a URL (1.3 and later).
    RedirectBrowserTo(RedirectBrowserTo),
    /// Ask for the PIN of the device's key (after 26.2, Ory Network and enterprise builds).
    ShowPinEntryUi(ShowPinEntryUi),
    /// An unknown action, or a known one without its required fields.
    Other(RawJson),
}

wire_struct! {
    /// The session token for a native app.
    pub struct SetOrySessionToken {
        required {
            /// The session token.
            ory_session_token: SecretText = "ory_session_token",
        }
        optional {
            /// Always `set_ory_session_token`.
            action: Option<String> = "action",
        }
    }
}

wire_struct! {
    /// A flow to show.
    pub struct ShowFlow {
        required {
            /// The flow.
            flow: ContinueWithFlow = "flow",
        }
        optional {
            /// `show_verification_ui`, `show_settings_ui` or `show_recovery_ui`.
            action: Option<String> = "action",
        }
    }
}

wire_struct! {
    /// A flow that Kratos created.
    pub struct ContinueWithFlow {
        required {
            /// The flow's id.
            id: Uuid = "id",
        }
        optional {
            /// The address to verify.
            verifiable_address: Option<String> = "verifiable_address",
            /// The URL of the flow's page; absent in native flows.
            url: Option<QuietText> = "url",
        }
    }
}

wire_struct! {
    /// A URL to navigate the browser to.
    pub struct RedirectBrowserTo {
        required {
            /// The URL.
            redirect_browser_to: QuietText = "redirect_browser_to",
        }
        optional {
            /// Always `redirect_browser_to`.
            action: Option<String> = "action",
        }
    }
}

wire_struct! {
    /// The PIN of a device's key to ask for.
    pub struct ShowPinEntryUi {
        required {
            /// What the PIN decrypts.
            data: PinEntry = "data",
        }
        optional {
            /// Always `show_pin_entry_ui`.
            action: Option<String> = "action",
        }
    }
}

wire_struct! {
    /// A message sealed for the device (HPKE of RFC 9180: X25519, HKDF-SHA256, AES-128-GCM).
    pub struct PinEntry {
        required {}
        optional {
            /// The encapsulated key.
            enc: Option<SecretText> = "enc",
            /// The sealed message.
            ciphertext: Option<SecretText> = "ciphertext",
        }
    }
}

impl ContinueWith {
    /// Returns the session token of a [`SetOrySessionToken`](Self::SetOrySessionToken).
    #[must_use]
    pub fn session_token(&self) -> Option<&SecretText> {
        match self {
            Self::SetOrySessionToken(it) => Some(&it.ory_session_token),
            _ => None,
        }
    }

    /// Returns the flow of a `Show…Ui` step.
    #[must_use]
    pub fn flow(&self) -> Option<&ContinueWithFlow> {
        match self {
            Self::ShowVerificationUi(it) | Self::ShowSettingsUi(it) | Self::ShowRecoveryUi(it) => {
                Some(&it.flow)
            }
            _ => None,
        }
    }

    /// Returns the `http` or `https` URL to navigate a browser to.
    #[must_use]
    pub fn browser_url(&self) -> Option<Url> {
        let url = match self {
            Self::RedirectBrowserTo(it) => it.redirect_browser_to.as_str(),
            other => other.flow()?.url.as_deref()?,
        };
        Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
    }
}

impl Serialize for ContinueWith {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::SetOrySessionToken(it) => it.serialize(serializer),
            Self::ShowVerificationUi(it) | Self::ShowSettingsUi(it) | Self::ShowRecoveryUi(it) => {
                it.serialize(serializer)
            }
            Self::RedirectBrowserTo(it) => it.serialize(serializer),
            Self::ShowPinEntryUi(it) => it.serialize(serializer),
            Self::Other(raw) => raw.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ContinueWith {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Tag {
            action: String,
        }
        let raw = RawJson::deserialize(deserializer)?;
        let action = raw.parse::<Tag>().map(|tag| tag.action).unwrap_or_default();
        let known = match action.as_str() {
            "set_ory_session_token" => raw.parse().map(Self::SetOrySessionToken),
            "show_verification_ui" => raw.parse().map(Self::ShowVerificationUi),
            "show_settings_ui" => raw.parse().map(Self::ShowSettingsUi),
            "show_recovery_ui" => raw.parse().map(Self::ShowRecoveryUi),
            "redirect_browser_to" => raw.parse().map(Self::RedirectBrowserTo),
            "show_pin_entry_ui" => raw.parse().map(Self::ShowPinEntryUi),
            _ => return Ok(Self::Other(raw)),
        };
        Ok(known.unwrap_or(Self::Other(raw)))
    }
}
