//! Credentials to bring along.

use serde_json::{Map, Value, json};

/// Credentials that an identity is made with (0.9 and later) or gets in an update (0.11 and later). `Debug` hides
/// them.
#[derive(Clone, Default)]
#[must_use]
pub struct ImportCredentials(Map<String, Value>);

impl ImportCredentials {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// A password in the clear; Kratos hashes it.
    pub fn with_password(self, password: &str) -> Self {
        self.with("password", json!({"password": password}))
    }

    /// A password as another system hashed it, for example bcrypt, argon2 or scrypt in PHC form.
    pub fn with_hashed_password(self, hash: &str) -> Self {
        self.with("password", json!({"hashed_password": hash}))
    }

    /// A password that a web hook checks at the first sign-in (1.3 and later).
    pub fn with_password_migration_hook(self) -> Self {
        self.with("password", json!({"use_password_migration_hook": true}))
    }

    /// An account at a provider of OpenID Connect or OAuth 2. More than one can be given.
    pub fn with_oidc(self, provider: &str, subject: &str) -> Self {
        self.with_provider("oidc", provider, subject)
    }

    /// An account at a provider of SAML (25.4 and later, Ory Network).
    pub fn with_saml(self, provider: &str, subject: &str) -> Self {
        self.with_provider("saml", provider, subject)
    }

    /// Any other credential: its type and its `config`.
    pub fn with(mut self, kind: &str, config: Value) -> Self {
        self.0.insert(kind.to_owned(), Value::Object(Map::from_iter([("config".to_owned(), config)])));
        self
    }

    fn with_provider(mut self, kind: &str, provider: &str, subject: &str) -> Self {
        let known = self.0.get(kind).and_then(|it| it.pointer("/config/providers")?.as_array()).cloned();
        let mut providers = known.unwrap_or_default();
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
