//! What a request shows to prove a session, and choosing exactly one of it.

pub(crate) mod cookie;
mod headers;
mod key;
mod part;
mod reader;
mod token;

use std::{ops::Range, sync::Arc};

use http::{HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret as _, SecretSlice};
use subtle::ConstantTimeEq as _;

pub use cookie::CookieName;
pub use headers::HeaderLookup;
pub use key::{CacheKey, CacheKeyHasher};
pub use reader::{Ambiguous, AmbiguousCredentials, CredentialReader};
pub use token::TokenFormat;

/// The header that carries a native session token (every release).
pub(crate) const SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");

/// One credential of Kratos, as raw bytes. `Debug` never shows them.
#[derive(Clone)]
pub struct Credential {
    kind: CredentialKind,
    value: Value,
    /// The session that came beside a JWT.
    session: Option<Arc<Credential>>,
}

/// The bytes, wiped when dropped where they are a copy of our own.
#[derive(Clone)]
enum Value {
    Copied(SecretSlice<u8>),
    /// The header that they came in, and where in it: a clone of it costs no memory.
    Kept(HeaderValue, Range<usize>),
}

/// Where a credential came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// The header `X-Session-Token`.
    SessionToken,
    /// The header `Authorization: Bearer`.
    Bearer,
    /// The session cookie. A browser sends it by itself, so unsafe requests with it need a cross-site check.
    Cookie,
    /// A tokenised session (JWT) in the header `Authorization: Bearer`. Kratos itself does not take it.
    Jwt,
    /// A tokenised session (JWT) in a cookie of the application. A browser sends it by itself, as
    /// [`CredentialKind::Cookie`].
    JwtCookie,
}

impl CredentialKind {
    /// Whether a browser sends it by itself, so that unsafe requests with it need a cross-site check.
    #[must_use]
    pub fn is_ambient(self) -> bool {
        matches!(self, Self::Cookie | Self::JwtCookie)
    }

    /// Whether it is a tokenised session, which is checked by its signature and not by Kratos.
    #[must_use]
    pub fn is_jwt(self) -> bool {
        matches!(self, Self::Jwt | Self::JwtCookie)
    }
}

impl Credential {
    /// A native session token (`ory_st_…`; 2021 releases: 32 letters and digits).
    #[must_use]
    pub fn session_token(token: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::SessionToken, token.as_ref())
    }

    /// A session cookie with its name, as a `Cookie` header has it: `ory_kratos_session=MTcw…`.
    #[must_use]
    pub fn cookie(pair: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::Cookie, pair.as_ref())
    }

    /// A tokenised session, as `Authorization: Bearer` has it: `eyJ…`.
    #[must_use]
    pub fn jwt(token: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::Jwt, token.as_ref())
    }

    /// The same JWT with the session that the request shows beside it, for routes on which Kratos has to be asked.
    /// Without effect on other credentials.
    #[must_use]
    pub fn with_session(mut self, session: Option<Credential>) -> Self {
        self.session = session.filter(|session| self.kind.is_jwt() && !session.kind.is_jwt()).map(Arc::new);
        self
    }

    fn new(kind: CredentialKind, value: &[u8]) -> Self {
        Self { kind, value: Value::Copied(SecretSlice::from(value.to_vec())), session: None }
    }

    /// The credential that lies in this part of a header value.
    fn kept(kind: CredentialKind, header: HeaderValue, part: Range<usize>) -> Self {
        Self { kind, value: Value::Kept(header, part), session: None }
    }

    fn bytes(&self) -> &[u8] {
        match &self.value {
            Value::Copied(secret) => secret.expose_secret(),
            Value::Kept(header, part) => header.as_bytes().get(part.clone()).unwrap_or_default(),
        }
    }

    /// Where it came from.
    #[must_use]
    pub fn kind(&self) -> CredentialKind {
        self.kind
    }

    /// What Kratos can be asked with: this credential, or what came beside a JWT, which Kratos does not take
    /// (kratos#4129).
    #[must_use]
    pub fn session(&self) -> Option<&Credential> {
        if self.kind.is_jwt() { self.session.as_deref() } else { Some(self) }
    }

    /// The JWT, to be checked.
    #[cfg(feature = "jwt")]
    pub(crate) fn as_jwt(&self) -> Option<&[u8]> {
        self.kind.is_jwt().then(|| self.bytes())
    }

    /// The header that shows this credential to Kratos, and none other. A bearer token travels as
    /// `X-Session-Token` too: proxies before Kratos tend to read `Authorization` themselves.
    ///
    /// `None` for a JWT, and when the bytes cannot stand in a header (a line break, say), which no header ever
    /// brought.
    #[must_use]
    pub fn to_header(&self) -> Option<(HeaderName, HeaderValue)> {
        let name = match self.kind {
            CredentialKind::SessionToken | CredentialKind::Bearer => SESSION_TOKEN,
            CredentialKind::Cookie => header::COOKIE,
            CredentialKind::Jwt | CredentialKind::JwtCookie => return None,
        };
        let mut value = HeaderValue::from_bytes(self.bytes()).ok()?;
        value.set_sensitive(true);
        Some((name, value))
    }

    /// A keyed hash that stands for this credential in a cache. What came beside a JWT has a key of its own.
    #[must_use]
    pub fn cache_key(&self, hasher: &CacheKeyHasher) -> CacheKey {
        hasher.hash(self.space(), self.bytes())
    }

    /// A cookie and a token of equal bytes are different credentials.
    fn space(&self) -> u8 {
        match self.kind {
            CredentialKind::SessionToken | CredentialKind::Bearer => 0,
            CredentialKind::Cookie => 1,
            CredentialKind::Jwt | CredentialKind::JwtCookie => 2,
        }
    }
}

/// Compares in constant time for values of equal length. A bearer token equals the same session token.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        self.space() == other.space()
            && bool::from(self.bytes().ct_eq(other.bytes()))
            && self.session == other.session
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({:?}, [redacted])", self.kind)
    }
}
