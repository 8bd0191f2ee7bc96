//! Selects the one Kratos credential in a request.

pub(crate) mod cookie;
pub(crate) mod headers;
mod key;
mod part;
mod reader;
mod token;

use std::{ops::Range, sync::Arc};

use http::{HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret as _, SecretSlice};
use subtle::ConstantTimeEq as _;

pub use cookie::CookieName;
pub(crate) use headers::HeaderLookup;
pub(crate) use headers::contains;
pub use key::{CacheKey, CacheKeyHasher};
pub use reader::{Ambiguous, AmbiguousCredentials, CredentialReader};
pub use token::TokenFormat;

/// The header that carries a session token (every release).
pub(crate) const SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");

/// The hash space of credentials with alternatives.
const SEVERAL: u8 = 3;

/// A session cookie, session token or JWT, as raw bytes. `Debug` never prints them.
#[derive(Clone)]
pub struct Credential {
    kind: CredentialKind,
    value: Value,
    /// Of a JWT: the session credential beside it. Of a session cookie: the one of another name.
    next: Option<Arc<Credential>>,
}

/// The bytes. A copy is wiped when dropped.
#[derive(Clone)]
enum Value {
    Copied(SecretSlice<u8>),
    /// The header that carries them, and their place in it. A clone of it allocates nothing.
    Kept(HeaderValue, Range<usize>),
}

/// The part of a request that carries a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// The header `X-Session-Token`.
    SessionToken,
    /// The header `Authorization: Bearer`.
    Bearer,
    /// The session cookie. A browser sends it by itself, so that unsafe requests with it need an origin check.
    Cookie,
    /// A JWT (a tokenized session) in the header `Authorization: Bearer`. Kratos itself does not accept it.
    Jwt,
    /// A JWT in a cookie of the application. A browser sends it by itself, as it does
    /// [`CredentialKind::Cookie`].
    JwtCookie,
}

impl CredentialKind {
    /// Whether a browser sends it by itself, so that unsafe requests with it need an origin check.
    #[must_use]
    pub(crate) fn is_ambient(self) -> bool {
        matches!(self, Self::Cookie | Self::JwtCookie)
    }

    /// Whether it is a JWT, which is verified by its signature and not by Kratos.
    #[must_use]
    pub(crate) fn is_jwt(self) -> bool {
        matches!(self, Self::Jwt | Self::JwtCookie)
    }
}

impl Credential {
    /// A session token (`ory_st_…`; up to 0.11: 32 letters and digits).
    #[must_use]
    pub fn session_token(token: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::SessionToken, token.as_ref())
    }

    /// A session cookie with its name, as in a `Cookie` header: `ory_kratos_session=MTcw…`.
    #[must_use]
    pub fn cookie(pair: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::Cookie, pair.as_ref())
    }

    /// A JWT, as in `Authorization: Bearer`: `eyJ…`.
    #[must_use]
    pub fn jwt(jwt: impl AsRef<[u8]>) -> Self {
        Self::new(CredentialKind::Jwt, jwt.as_ref())
    }

    /// Adds the session credential beside this JWT, for routes that require a live session. No effect on other
    /// credentials.
    #[must_use]
    pub fn with_session(mut self, session: Option<Credential>) -> Self {
        if self.kind.is_jwt() {
            self.next = session.filter(|session| !session.kind.is_jwt()).map(Arc::new);
        }
        self
    }

    /// Adds the session cookie of another name, with its own alternatives.
    fn with_next(mut self, next: Option<Credential>) -> Self {
        self.next = next.map(Arc::new);
        self
    }

    fn new(kind: CredentialKind, value: &[u8]) -> Self {
        Self { kind, value: Value::Copied(SecretSlice::from(value.to_vec())), next: None }
    }

    /// The credential in this part of a header value.
    fn kept(kind: CredentialKind, header: HeaderValue, part: Range<usize>) -> Self {
        Self { kind, value: Value::Kept(header, part), next: None }
    }

    fn bytes(&self) -> &[u8] {
        match &self.value {
            Value::Copied(secret) => secret.expose_secret(),
            Value::Kept(header, part) => header.as_bytes().get(part.clone()).unwrap_or_default(),
        }
    }

    /// The part of the request that carries it.
    #[must_use]
    pub fn kind(&self) -> CredentialKind {
        self.kind
    }

    /// The credential that Kratos accepts: this one or, for a JWT, the session credential beside it. Kratos does not
    /// accept JWTs (ory/kratos#4129).
    #[must_use]
    pub fn session(&self) -> Option<&Credential> {
        if self.kind.is_jwt() { self.next.as_deref() } else { Some(self) }
    }

    /// The session cookies of up to two other names that the request carries, in order of precedence. Empty for every
    /// other credential.
    ///
    /// Kratos reads one name (`session.cookie.name`). A cookie of another name may be left from an earlier
    /// configuration or belong to another Kratos.
    pub fn alternatives(&self) -> impl Iterator<Item = &Credential> {
        self.candidates().skip(1)
    }

    /// This credential and its alternatives.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = &Credential> {
        std::iter::successors(Some(self), |credential| {
            credential.next.as_deref().filter(|_| credential.kind == CredentialKind::Cookie)
        })
    }

    /// The name of the session cookie; `None` for other credentials.
    pub(crate) fn cookie_name(&self) -> Option<&[u8]> {
        (self.kind == CredentialKind::Cookie).then(|| cookie::name_of(self.bytes()))
    }

    /// The JWT, not verified.
    #[cfg(feature = "jwt")]
    pub(crate) fn as_jwt(&self) -> Option<&[u8]> {
        self.kind.is_jwt().then(|| self.bytes())
    }

    /// The one header that carries this credential to Kratos, without its alternatives. A bearer token is sent as
    /// `X-Session-Token` too, because proxies in front of Kratos may consume `Authorization`.
    ///
    /// `None` for a JWT, and for bytes that cannot be part of a header (a line break, for example), which no request
    /// carries.
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

    /// The keyed hash of this credential for a cache. It covers the alternatives, any of which may open the session,
    /// but not the session credential beside a JWT.
    #[must_use]
    pub fn cache_key(&self, hasher: &CacheKeyHasher) -> CacheKey {
        let own = |credential: &Self| hasher.hash(credential.space(), credential.bytes());
        if self.next.is_none() || self.alternatives().next().is_none() {
            return own(self);
        }
        let keys: Vec<u8> = self.candidates().flat_map(|credential| *own(credential).as_bytes()).collect();
        hasher.hash(SEVERAL, &keys)
    }

    /// Separates a cookie, a session token and a JWT of equal bytes.
    fn space(&self) -> u8 {
        match self.kind {
            CredentialKind::SessionToken | CredentialKind::Bearer => 0,
            CredentialKind::Cookie => 1,
            CredentialKind::Jwt | CredentialKind::JwtCookie => 2,
        }
    }
}

/// Compares values of equal length in constant time, and what is beside them. A bearer token equals the same session
/// token.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        self.space() == other.space()
            && bool::from(self.bytes().ct_eq(other.bytes()))
            && self.next == other.next
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({:?}, [redacted])", self.kind)
    }
}
