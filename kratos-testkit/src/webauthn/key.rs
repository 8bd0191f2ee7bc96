//! A registered key, as the configuration of a credential holds it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::VerifyingKey;
use serde_json::{Value, json};

use crate::world::identity::Identity;

/// A passkey or security key.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: Vec<u8>,
    pub(crate) public_key: VerifyingKey,
    pub(crate) sign_count: u32,
    /// The flag BE: it may be copied to other devices, for good.
    pub(crate) backup_eligible: bool,
    pub(crate) name: String,
    /// RFC 3339.
    pub(crate) added_at: String,
    pub(crate) added_at_unix: i64,
}

impl Key {
    /// Returns the id in hexadecimal, which names the key in forms.
    pub(crate) fn hex(&self) -> String {
        self.id.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(value: &Value) -> Option<Self> {
        let bytes = |name: &str| STANDARD.decode(value.get(name)?.as_str()?).ok();
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Self {
            id: bytes("id")?,
            public_key: VerifyingKey::from_sec1_bytes(&bytes("public_key")?).ok()?,
            sign_count: value.pointer("/authenticator/sign_count")?.as_u64()?.try_into().ok()?,
            backup_eligible: value.pointer("/flags/backup_eligible") == Some(&Value::Bool(true)),
            name: text("display_name"),
            added_at: text("added_at"),
            added_at_unix: value.get("added_at_unix").and_then(Value::as_i64).unwrap_or_default(),
        })
    }

    fn json(&self, is_passwordless: bool) -> Value {
        json!({
            "id": STANDARD.encode(&self.id),
            "public_key": STANDARD.encode(self.public_key.to_encoded_point(false).as_bytes()),
            "attestation_type": "none",
            "authenticator": {"sign_count": self.sign_count, "clone_warning": false},
            "flags": {"backup_eligible": self.backup_eligible},
            "display_name": self.name,
            "added_at": self.added_at,
            "added_at_unix": self.added_at_unix,
            "is_passwordless": is_passwordless,
        })
    }
}

/// Returns the keys of a credential: `passkey` or `webauthn`.
pub(crate) fn keys_of(person: &Identity, kind: &str) -> Vec<Key> {
    let config = person.credentials.get(kind).map(|known| &known.config);
    let list = config.and_then(|config| config.get("credentials")).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Key::read).collect()
}

/// Returns the configuration of a credential with these keys.
pub(crate) fn with_keys(keys: &[Key], handle: &[u8], is_passwordless: bool) -> Value {
    let keys: Vec<Value> = keys.iter().map(|key| key.json(is_passwordless)).collect();
    json!({"credentials": keys, "user_handle": STANDARD.encode(handle)})
}
