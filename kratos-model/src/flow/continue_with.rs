//! What an application should do after a flow.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;
use uuid::Uuid;

use crate::wire::{QuietText, RawJson, SecretText, wire_struct};

/// One thing to do next, told by `action` (0.13 and later). Do them in order; skip what you do not know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ContinueWith {
    /// Keep this session token.
    SetOrySessionToken(SetOrySessionToken),
    /// Show the verification flow.
    ShowVerificationUi(ShowFlow),
    /// Show the settings flow, usually to set a new password (1.1 and later).
    ShowSettingsUi(ShowFlow),
    /// Show the recovery flow (1.1 and later).
    ShowRecoveryUi(ShowFlow),
    /// Send the browser there (1.3 and later).
    RedirectBrowserTo(RedirectBrowserTo),
    /// An action that this release of the crate does not know, or one that does not have its fields.
    Other(RawJson),
}

wire_struct! {
    /// The session token of a native app.
    pub struct SetOrySessionToken {
        required {
            /// The token.
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
            /// Which.
            flow: ContinueWithFlow = "flow",
        }
        optional {
            /// Which kind: `show_verification_ui`, `show_settings_ui`, `show_recovery_ui`.
            action: Option<String> = "action",
        }
    }
}

wire_struct! {
    /// A flow that was made for you.
    pub struct ContinueWithFlow {
        required {
            /// Its id.
            id: Uuid = "id",
        }
        optional {
            /// The address to verify.
            verifiable_address: Option<String> = "verifiable_address",
            /// Where a browser finds it; native flows have none.
            url: Option<QuietText> = "url",
        }
    }
}

wire_struct! {
    /// Where the browser goes.
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

impl ContinueWith {
    /// The session token, if this is one.
    #[must_use]
    pub fn session_token(&self) -> Option<&SecretText> {
        match self {
            Self::SetOrySessionToken(it) => Some(&it.ory_session_token),
            _ => None,
        }
    }

    /// The flow to show, if this is one.
    #[must_use]
    pub fn flow(&self) -> Option<&ContinueWithFlow> {
        match self {
            Self::ShowVerificationUi(it) | Self::ShowSettingsUi(it) | Self::ShowRecoveryUi(it) => {
                Some(&it.flow)
            }
            _ => None,
        }
    }

    /// Where a browser has to go for this, if anywhere. Only `http` and `https` URLs are told.
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
            _ => return Ok(Self::Other(raw)),
        };
        Ok(known.unwrap_or(Self::Other(raw)))
    }
}
