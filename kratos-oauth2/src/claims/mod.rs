//! The claims of ID and access tokens.

mod defaults;
mod mapping;

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

pub use mapping::{ClaimMapping, StandardClaim};

/// The claims that a consent adds to the tokens. Hydra returns those of the ID token from `/userinfo` too.
///
/// `Debug` shows their names alone.
///
/// ```
/// use kratos_oauth2::Claims;
///
/// let claims = Claims::new().with_id_claim("name", "Ada").with_access_claim("groups", ["staff"]);
/// ```
#[derive(Clone, Default, PartialEq)]
#[must_use]
pub struct Claims {
    id_token: Map<String, Value>,
    access_token: Map<String, Value>,
}

/// The claims that the provider sets itself, and an application must not (OpenID Connect Core §2, RFC 9068 §2.2).
const RESERVED: [&str; 21] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "nonce",
    "acr",
    "amr",
    "azp",
    "auth_time",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
    "rat",
    "client_id",
    "scope",
    "scp",
    "ext",
];

impl Claims {
    /// Starts without claims.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a claim to the ID token, in place of one of this name. Ignores a claim that the provider sets itself, such as
    /// `sub`, and one that has no JSON form; both are logged.
    pub fn with_id_claim(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        insert(&mut self.id_token, name.into(), value);
        self
    }

    /// Adds a claim to the access token, which introspection returns as `ext`, and a JWT as `ext` too. As
    /// [`with_id_claim`](Self::with_id_claim).
    pub fn with_access_claim(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        insert(&mut self.access_token, name.into(), value);
        self
    }

    /// Removes a claim from both.
    pub fn without(mut self, name: &str) -> Self {
        self.id_token.remove(name);
        self.access_token.remove(name);
        self
    }

    /// Returns a claim of the ID token.
    #[must_use]
    pub fn id_claim(&self, name: &str) -> Option<&Value> {
        self.id_token.get(name)
    }

    /// Returns a claim of the access token.
    #[must_use]
    pub fn access_claim(&self, name: &str) -> Option<&Value> {
        self.access_token.get(name)
    }

    pub(crate) fn into_parts(self) -> (Map<String, Value>, Map<String, Value>) {
        (self.id_token, self.access_token)
    }
}

fn insert(claims: &mut Map<String, Value>, name: String, value: impl Serialize) {
    if RESERVED.contains(&name.as_str()) {
        tracing::warn!(target: "kratos", claim = name, "the provider sets this claim itself: it was left out");
        return;
    }
    match serde_json::to_value(value) {
        Ok(value) => drop(claims.insert(name, value)),
        Err(_) => tracing::warn!(target: "kratos", claim = name, "a claim has no JSON form: it was left out"),
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |claims: &Map<String, Value>| claims.keys().cloned().collect::<Vec<_>>();
        f.debug_struct("Claims")
            .field("id_token", &names(&self.id_token))
            .field("access_token", &names(&self.access_token))
            .finish()
    }
}

/// The scopes that a user granted: a subset of those that the client requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedScopes(Vec<String>);

impl GrantedScopes {
    /// Returns whether this scope is granted.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|granted| granted == scope)
    }

    /// Iterates over the scopes, in the client's order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// For tests of an application's claims.
impl<S: Into<String>> FromIterator<S> for GrantedScopes {
    fn from_iter<I: IntoIterator<Item = S>>(scopes: I) -> Self {
        Self(scopes.into_iter().map(Into::into).collect())
    }
}
