//! Choosing the one credential of a request.

use super::{CookieName, Credential, CredentialKind, HeaderLookup, TokenFormat, cookie, part::Part, token};

/// Longer session cookies are not Kratos' (its own have about 500 bytes), nor are they together: it answers 431 to a
/// request whose headers are too large.
const LONGEST_COOKIE: usize = 16 * 1024;

/// Finds the credential in a request's headers: `X-Session-Token`, then `Authorization: Bearer`, then the
/// session cookie. The explicit comes before the ambient.
///
/// Only values that can be Kratos' are taken. By default those are tokens `ory_st_…` (in `X-Session-Token` also
/// the 32 letters and digits of 2021) and the cookies `ory_kratos_session` and `ory_session_*`.
#[derive(Clone, Debug)]
pub struct CredentialReader {
    session_token: TokenFormat,
    bearer: TokenFormat,
    cookies: Vec<CookieName>,
    jwt: bool,
    jwt_cookies: Vec<CookieName>,
    ambiguous: Ambiguous,
}

impl Default for CredentialReader {
    fn default() -> Self {
        Self {
            session_token: TokenFormat::PrefixedOrLegacy,
            bearer: TokenFormat::Prefixed,
            cookies: vec!["ory_kratos_session".into(), "ory_session_*".into()],
            jwt: false,
            jwt_cookies: Vec::new(),
            ambiguous: Ambiguous::Choose,
        }
    }
}

/// The treatment of a request that carries two credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ambiguous {
    /// Chooses the explicit one before the ambient one.
    #[default]
    Choose,
    /// Refuses the request with 400. An API for both browsers and native clients is safer with it. It also refuses a
    /// browser with two session cookies of one name (of another domain or path). A session cookie beside a JWT is
    /// not a second credential.
    Reject,
}

/// A request carries more than one credential under [`Ambiguous::Reject`].
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the request carries more than one Kratos credential")]
#[non_exhaustive]
pub struct AmbiguousCredentials;

impl CredentialReader {
    /// What is taken from `X-Session-Token`. Default: [`TokenFormat::PrefixedOrLegacy`].
    #[must_use]
    pub fn with_session_tokens(mut self, format: TokenFormat) -> Self {
        self.session_token = format;
        self
    }

    /// What is taken from `Authorization: Bearer`. Default: [`TokenFormat::Prefixed`], so that tokens of other
    /// systems are left alone. Say [`TokenFormat::PrefixedOrLegacy`] for native clients of Kratos 0.6 and 0.7.
    #[must_use]
    pub fn with_bearer_tokens(mut self, format: TokenFormat) -> Self {
        self.bearer = format;
        self
    }

    /// The session cookies, most wanted first; a name that ends in `*` is a prefix. No name: cookies are not
    /// read, as an API for native clients may want. Default: `ory_kratos_session`, `ory_session_*`.
    #[must_use]
    pub fn with_cookies<N: Into<CookieName>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.cookies = names.into_iter().map(Into::into).collect();
        self
    }

    /// Also takes JWTs from `Authorization: Bearer`, after session tokens and before cookies: for a `JwtResolver`
    /// (feature `jwt`), which checks them. Default: off, so that tokens of other systems are left alone.
    ///
    /// A JWT that does not do (expired, of another system) is "not signed in" then, even beside a session cookie.
    /// A good one keeps the session cookie beside it for routes that ask Kratos live.
    #[must_use]
    pub fn with_jwt(mut self) -> Self {
        self.jwt = true;
        self
    }

    /// Also takes JWTs from cookies of these names, after the headers and before session cookies. Default: none.
    #[must_use]
    pub fn with_jwt_cookies<N: Into<CookieName>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.jwt_cookies = names.into_iter().map(Into::into).collect();
        self
    }

    /// The treatment of a request that carries two credentials. Default: [`Ambiguous::Choose`].
    #[must_use]
    pub fn with_ambiguous(mut self, ambiguous: Ambiguous) -> Self {
        self.ambiguous = ambiguous;
        self
    }

    /// The session cookies' names.
    #[must_use]
    pub fn cookies(&self) -> &[CookieName] {
        &self.cookies
    }

    /// The one credential of a request with these headers, if there is any.
    ///
    /// # Errors
    /// Under [`Ambiguous::Reject`], when there is more than one.
    pub fn read(&self, headers: &impl HeaderLookup) -> Result<Option<Credential>, AmbiguousCredentials> {
        if self.ambiguous == Ambiguous::Reject && self.count(headers) > 1 {
            return Err(AmbiguousCredentials);
        }
        let token =
            || self.session_tokens(headers).next().map(|part| part.credential(CredentialKind::SessionToken));
        let bearer = || self.bearers(headers).next().map(|part| part.credential(CredentialKind::Bearer));
        let session = token().or_else(bearer).or_else(|| self.cookie(headers));
        let jwt = match &session {
            // An explicit session says more than a token.
            Some(session) if session.kind() != CredentialKind::Cookie => None,
            _ => self.jwts(headers).next(),
        };
        Ok(match jwt {
            Some((kind, jwt)) => Some(jwt.credential(kind).with_session(session)),
            None => session,
        })
    }

    fn count(&self, headers: &impl HeaderLookup) -> usize {
        let cookies = session_cookies(headers, |name| self.cookies.iter().any(|wanted| wanted.matches(name)));
        let (cookies, jwts) = (cookies.count(), self.jwts(headers).count());
        let beside = usize::from(cookies > 0 && jwts > 0);
        self.session_tokens(headers).count() + self.bearers(headers).count() + jwts + cookies - beside
    }

    /// The JWTs, the explicit before the ambient.
    fn jwts<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = (CredentialKind, Part<'a>)> {
        let bearers = self.jwt.then(|| bearer_tokens(headers));
        let bearers = bearers.into_iter().flatten().map(|jwt| (CredentialKind::Jwt, jwt));
        let names = &self.jwt_cookies;
        let cookies = (!names.is_empty()).then(|| {
            session_cookies(headers, |name| names.iter().any(|wanted| wanted.matches(name))).filter_map(
                |(name, pair)| {
                    Some((CredentialKind::JwtCookie, pair.map(|pair| pair.get(name.len() + 1..))?))
                },
            )
        });
        bearers.chain(cookies.into_iter().flatten()).filter(|(_, jwt)| token::is_jwt(jwt.bytes()))
    }

    fn session_tokens<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = Part<'a>> {
        let format = self.session_token;
        let values = Part::all(headers, "x-session-token");
        let tokens = values.map(|value| value.narrowed(value.bytes().trim_ascii()));
        tokens.filter(move |token| format.accepts(token.bytes()))
    }

    fn bearers<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = Part<'a>> {
        let format = self.bearer;
        bearer_tokens(headers).filter(move |token| format.accepts(token.bytes()))
    }

    /// All cookies of one name: the most wanted that is there. Two of one name (a stale one of another path) go
    /// to Kratos together: it takes the one that decodes, in either order (26.2.0 and 1.3.1).
    fn cookie(&self, headers: &impl HeaderLookup) -> Option<Credential> {
        self.cookies.iter().find_map(|wanted| {
            let mut cookies = session_cookies(headers, |name| wanted.matches(name));
            let (name, pair) = cookies.next()?;
            let mut others =
                cookies.filter(|(other, _)| *other == name).map(|(_, pair)| pair.bytes()).peekable();
            if others.peek().is_none() {
                return Some(pair.credential(CredentialKind::Cookie));
            }
            let mut length = pair.bytes().len();
            let fitting = others.take_while(|other| {
                length += other.len() + 2;
                length <= LONGEST_COOKIE
            });
            let pairs: Vec<&[u8]> = std::iter::once(pair.bytes()).chain(fitting).collect();
            Some(Credential::new(CredentialKind::Cookie, &pairs.join(&b"; "[..])))
        })
    }
}

/// The cookies whose name is wanted: name, and the whole pair.
fn session_cookies(
    headers: &impl HeaderLookup,
    wanted: impl Fn(&[u8]) -> bool,
) -> impl Iterator<Item = (&[u8], Part<'_>)> {
    Part::all(headers, "cookie")
        .flat_map(|line| cookie::pairs(line.bytes()).map(move |(name, pair)| (name, line.narrowed(pair))))
        .filter(move |(name, pair)| pair.bytes().len() <= LONGEST_COOKIE && wanted(name))
}

fn bearer_tokens(headers: &impl HeaderLookup) -> impl Iterator<Item = Part<'_>> {
    Part::all(headers, "authorization").filter_map(|value| value.map(bearer_token))
}

/// The token of `Bearer <token>`; the scheme's case does not matter (RFC 9110 §11.1).
fn bearer_token(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}

#[cfg(test)]
mod tests;
