//! Credentials to import.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

/// Credentials to import with a new identity (since 0.9) or an update (since 0.11). `Debug` shows their types only.
#[derive(Clone, Default)]
#[must_use]
pub struct ImportCredentials(Map<String, Value>);

impl ImportCredentials {
    /// Creates an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a plaintext password. Kratos hashes it.
    pub fn with_password(self, password: &str) -> Self {
        self.with("password", json!({"password": password}))
    }

    /// Adds a hashed password, for example bcrypt, argon2 or scrypt in PHC format.
    pub fn with_hashed_password(self, hash: &str) -> Self {
        self.with("password", json!({"hashed_password": hash}))
    }

    /// Adds a password that a web hook checks at the first sign-in (since 1.3).
    pub fn with_password_migration_hook(self) -> Self {
        self.with("password", json!({"use_password_migration_hook": true}))
    }

    /// Adds an account at an OpenID Connect or OAuth 2 provider. Repeatable.
    pub fn with_oidc(self, provider: &str, subject: &str) -> Self {
        self.with_provider("oidc", provider, subject)
    }

    /// Adds an account at a SAML provider (Ory Network, since 25.4). Repeatable.
    pub fn with_saml(self, provider: &str, subject: &str) -> Self {
        self.with_provider("saml", provider, subject)
    }

    /// Adds an authenticator app by its `otpauth://totp/…` URL (since a release after 26.2).
    pub fn with_totp(self, url: &str) -> Self {
        self.with("totp", json!({"totp_url": url}))
    }

    /// Adds backup codes that were not used (since a release after 26.2).
    pub fn with_lookup_secrets<C: AsRef<str>>(self, codes: impl IntoIterator<Item = C>) -> Self {
        let codes: Vec<Value> = codes.into_iter().map(|code| json!({"code": code.as_ref()})).collect();
        self.with("lookup_secret", json!({"codes": codes}))
    }

    /// Adds security keys, as the admin API returns them in `config` with
    /// [`AdminClient::get_identity_with_credentials`](super::AdminClient::get_identity_with_credentials) (since a release after
    /// 26.2). `user_handle` is the one that the keys were registered with.
    pub fn with_webauthn(self, keys: impl IntoIterator<Item = Value>, user_handle: &[u8]) -> Self {
        self.with_keys("webauthn", keys, user_handle)
    }

    /// Adds passkeys; as [`with_webauthn`](Self::with_webauthn) (since a release after 26.2).
    pub fn with_passkeys(self, keys: impl IntoIterator<Item = Value>, user_handle: &[u8]) -> Self {
        self.with_keys("passkey", keys, user_handle)
    }

    fn with_keys(self, kind: &str, keys: impl IntoIterator<Item = Value>, user_handle: &[u8]) -> Self {
        let keys: Vec<Value> = keys.into_iter().collect();
        self.with(kind, json!({"credentials": keys, "user_handle": STANDARD.encode(user_handle)}))
    }

    /// Adds any other credential, by its type and its `config`. Replaces an earlier one of this type.
    pub fn with(mut self, kind: &str, config: Value) -> Self {
        self.0.insert(kind.to_owned(), Value::Object(Map::from_iter([("config".to_owned(), config)])));
        self
    }

    fn with_provider(mut self, kind: &str, provider: &str, subject: &str) -> Self {
        let present = self.0.get(kind).and_then(|it| it.pointer("/config/providers")?.as_array()).cloned();
        let mut providers = present.unwrap_or_default();
        providers.push(json!({"provider": provider, "subject": subject}));
        self = self.with(kind, json!({"providers": providers}));
        self
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

impl std::fmt::Debug for ImportCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
