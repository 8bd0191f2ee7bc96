//! WebAuthn ceremonies: options, and the verification of what an authenticator answered.
//!
//! As Kratos 26.2.0 does it with go-webauthn, for keys of ES256 without attestation.

mod key;
mod verify;

pub(crate) use key::{Key, keys_of, with_keys};
pub(crate) use verify::{Assertion, Refused, parse_assertion, register};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngExt;
use serde_json::{Value, json};
use url::Url;

use crate::config::Config;
use crate::world::secret;

/// The time that a browser gives the user, in milliseconds.
const TIMEOUT: u32 = 300_000;

/// The relying party: the application.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) origin: String,
}

/// The challenge of a flow, until it is answered.
#[derive(Clone, Default)]
pub(crate) struct Ceremony {
    /// Base64url. Empty once it was answered.
    pub(crate) challenge: String,
    /// The handle of a new user.
    pub(crate) user: String,
}

impl Ceremony {
    pub(crate) fn new() -> Self {
        let mut bytes = [0_u8; 32];
        rand::rng().fill(&mut bytes[..]);
        let user = secret::token("").repeat(2);
        Self { challenge: URL_SAFE_NO_PAD.encode(bytes), user }
    }
}

impl Party {
    /// Returns the application as relying party. Browsers require a host name.
    pub(crate) fn of(config: &Config) -> Self {
        let app = Url::parse(&config.app).ok();
        let id = app.as_ref().and_then(|app| app.host_str().map(str::to_owned)).unwrap_or_default();
        let origin = app.map(|app| app.origin().ascii_serialization()).unwrap_or_default();
        Self { id, origin }
    }

    /// Returns the options of a new passkey, for a user of this name and handle.
    pub(crate) fn new_passkey(&self, ceremony: &Ceremony, name: &str) -> Value {
        let selection = json!({
            "authenticatorAttachment": "platform", "requireResidentKey": true, "residentKey": "required",
            "userVerification": "preferred",
        });
        self.creation(ceremony, name, ceremony.user.as_bytes(), &selection)
    }

    /// Returns the options of a new security key of this user.
    pub(crate) fn new_security_key(&self, ceremony: &Ceremony, name: &str, user: &[u8]) -> Value {
        self.creation(ceremony, name, user, &json!({"userVerification": "discouraged"}))
    }

    fn creation(&self, ceremony: &Ceremony, name: &str, user: &[u8], selection: &Value) -> Value {
        let name = if name.is_empty() { "Testkit" } else { name };
        json!({"publicKey": {
            "rp": {"name": "Testkit", "id": self.id},
            "user": {"name": name, "displayName": name, "id": URL_SAFE_NO_PAD.encode(user)},
            "challenge": ceremony.challenge,
            "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
            "timeout": TIMEOUT,
            "authenticatorSelection": selection,
        }})
    }

    /// Returns the options of a login: by any passkey, or by one of these keys.
    pub(crate) fn request(&self, ceremony: &Ceremony, keys: &[Key]) -> Value {
        let mut options = json!({
            "challenge": ceremony.challenge, "timeout": TIMEOUT, "rpId": self.id, "userVerification": "preferred",
        });
        let allowed: Vec<Value> = keys
            .iter()
            .map(|key| json!({"type": "public-key", "id": URL_SAFE_NO_PAD.encode(&key.id)}))
            .collect();
        if let (Value::Object(options), false) = (&mut options, allowed.is_empty()) {
            options.insert("allowCredentials".into(), allowed.into());
        }
        json!({ "publicKey": options })
    }
}
