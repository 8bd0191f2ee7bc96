//! What a request shows to prove a session, and choosing exactly one of it.

pub(crate) mod cookie;
mod headers;
mod key;
mod reader;
mod token;

use std::ops::Range;

use http::{HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret as _, SecretSlice};
use subtle::ConstantTimeEq as _;

pub use cookie::CookieName;
pub use headers::HeaderLookup;
pub use key::{CacheKey, CacheKeyHasher};
pub use reader::{AmbiguousCredentials, CredentialReader};
pub use token::TokenFormat;

/// The header that carries a native session token (every release).
pub(crate) const SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");

/// One credential of Kratos, as raw bytes. `Debug` never shows them.
#[derive(Clone)]
pub struct Credential {
    kind: CredentialKind,
    value: Value,
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

    fn new(kind: CredentialKind, value: &[u8]) -> Self {
        Self { kind, value: Value::Copied(SecretSlice::from(value.to_vec())) }
    }

    /// The credential that lies in this part of a header value.
    fn kept(kind: CredentialKind, header: HeaderValue, part: Range<usize>) -> Self {
        Self { kind, value: Value::Kept(header, part) }
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

    /// The header that shows this credential to Kratos, and none other. A bearer token travels as
    /// `X-Session-Token` too: proxies before Kratos tend to read `Authorization` themselves.
    ///
    /// `None` when the bytes cannot stand in a header (a line break, say), which no header ever brought.
    #[must_use]
    pub fn to_header(&self) -> Option<(HeaderName, HeaderValue)> {
        let name = match self.kind {
            CredentialKind::SessionToken | CredentialKind::Bearer => SESSION_TOKEN,
            CredentialKind::Cookie => header::COOKIE,
        };
        let mut value = HeaderValue::from_bytes(self.bytes()).ok()?;
        value.set_sensitive(true);
        Some((name, value))
    }

    /// A keyed hash that stands for this credential in a cache.
    #[must_use]
    pub fn cache_key(&self, hasher: &CacheKeyHasher) -> CacheKey {
        // A cookie and a token of equal bytes are different credentials.
        let space = u8::from(self.kind == CredentialKind::Cookie);
        hasher.hash(space, self.bytes())
    }
}

/// Compares in constant time for values of equal length. A bearer token equals the same session token.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        (self.kind == CredentialKind::Cookie) == (other.kind == CredentialKind::Cookie)
            && bool::from(self.bytes().ct_eq(other.bytes()))
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({:?}, [redacted])", self.kind)
    }
}
