//! Selects the one Kratos credential in a request.

mod lone;

use super::{
    CookieName, Credential, CredentialKind, HeaderLookup, TokenFormat,
    cookie::{self, Cookie},
    part::Part,
    token,
};
use crate::{client::Era, work};

/// The longest accepted session cookies, in bytes: one alone, and all of one name together. Kratos' own have about
/// 500 bytes, and it answers 431 to a request whose headers are too large.
const LONGEST_COOKIE: usize = 16 * 1024;
/// The session cookies of one name that are sent to Kratos.
const MOST_OF_ONE_NAME: usize = 16;
/// The session cookies of one name, after the first, that are tried one by one.
const MOST_APART: usize = 2;
/// The names whose session cookies are considered: one and two alternatives.
const MOST_NAMES: usize = 3;
/// The lines of one header that are read.
const MOST_LINES: usize = 8;

/// Reads the credential in a request's headers: `X-Session-Token`, then `Authorization: Bearer`, then the session
/// cookie, so that the explicit precedes the ambient.
///
/// Foreign values are ignored. By default, a session token is `ory_st_…` (in `X-Session-Token`, and beside a
/// [`Kratos`](crate::Kratos) whose era is 0.11 or earlier, also the 32 letters and digits of these releases), and a session
/// cookie is named `ory_kratos_session` or `ory_session_*`. Where a request
/// carries session cookies of several names, those of up to two more names become the credential's
/// [alternatives](Credential::alternatives).
///
/// The cost is linear in the size of the headers, and limited: 64 KiB of cookies and 8 lines of each other header
/// are read.
#[derive(Clone, Debug)]
pub struct CredentialReader {
    session_token: TokenFormat,
    /// `None`: as the era of the server says.
    bearer: Option<TokenFormat>,
    era: Era,
    cookies: Vec<CookieName>,
    jwt: bool,
    jwt_cookies: Vec<CookieName>,
    ambiguous: Ambiguous,
}

impl Default for CredentialReader {
    fn default() -> Self {
        Self {
            session_token: TokenFormat::PrefixedOrLegacy,
            bearer: None,
            era: Era::default(),
            cookies: vec!["ory_kratos_session".into(), "ory_session_*".into()],
            jwt: false,
            jwt_cookies: Vec::new(),
            ambiguous: Ambiguous::Choose,
        }
    }
}

/// The treatment of a request that carries more than one credential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ambiguous {
    /// Chooses the explicit credential before the ambient one.
    #[default]
    Choose,
    /// Refuses the request with 400. Safer for an API that serves both browsers and native clients. It also refuses a
    /// browser that sends two session cookies, of one name (set for another domain or path) or of two. A session
    /// cookie beside a JWT does not count.
    Reject,
}

/// The credentials of one request that a logout drops.
const MOST_CREDENTIALS: usize = 16;

/// A request carries more than one credential under [`Ambiguous::Reject`].
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the request carries more than one Kratos credential")]
#[non_exhaustive]
pub struct AmbiguousCredentials;

impl CredentialReader {
    /// Sets which values of `X-Session-Token` are session tokens. Default: [`TokenFormat::PrefixedOrLegacy`].
    #[must_use]
    pub fn with_session_tokens(mut self, format: TokenFormat) -> Self {
        self.session_token = format;
        self
    }

    /// Sets which values of `Authorization: Bearer` are session tokens. Default: [`TokenFormat::Prefixed`], which
    /// ignores foreign tokens; [`TokenFormat::PrefixedOrLegacy`] if
    /// [`Kratos::with_era`](crate::Kratos::with_era) sets 0.11 or earlier, which issued no others.
    #[must_use]
    pub fn with_bearer_tokens(mut self, format: TokenFormat) -> Self {
        self.bearer = Some(format);
        self
    }

    /// Sets the era of the server whose session tokens the requests carry.
    pub(crate) fn of_era(self, era: Era) -> Self {
        Self { era, ..self }
    }

    fn bearer_format(&self) -> TokenFormat {
        self.bearer.unwrap_or(if self.era.has_legacy_session_tokens() {
            TokenFormat::PrefixedOrLegacy
        } else {
            TokenFormat::Prefixed
        })
    }

    /// Sets the names of session cookies, in order of precedence; a name that ends in `*` is a prefix. Without a
    /// name, cookies are not read, as suits an API for native clients. Default: `ory_kratos_session`,
    /// `ory_session_*`.
    #[must_use]
    pub fn with_cookies<N: Into<CookieName>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.cookies = names.into_iter().map(Into::into).collect();
        self
    }

    /// Reads no cookies, as suits an API for native clients alone.
    #[must_use]
    pub fn without_cookies(self) -> Self {
        Self { cookies: Vec::new(), jwt_cookies: Vec::new(), ..self }
    }

    /// Also accepts JWTs in `Authorization: Bearer`, after session tokens and before cookies. A `JwtResolver`
    /// (feature `jwt`) has to verify them. Default: off, which ignores foreign tokens.
    ///
    /// A JWT that does not verify (expired, from another system) makes the request anonymous, even beside a session
    /// cookie. The session cookie beside a JWT serves routes that require a live session.
    #[must_use]
    pub fn with_jwt(mut self) -> Self {
        self.jwt = true;
        self
    }

    /// Also accepts JWTs in cookies of these names, after the headers and before session cookies. Default: none.
    #[must_use]
    pub fn with_jwt_cookies<N: Into<CookieName>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.jwt_cookies = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the treatment of a request that carries more than one credential. Default: [`Ambiguous::Choose`].
    #[must_use]
    pub fn with_ambiguous(mut self, ambiguous: Ambiguous) -> Self {
        self.ambiguous = ambiguous;
        self
    }

    /// The names of session cookies.
    #[must_use]
    pub fn cookies(&self) -> &[CookieName] {
        &self.cookies
    }

    /// Returns the one credential in these headers, or `None` if they carry none.
    ///
    /// # Errors
    /// Under [`Ambiguous::Reject`], if they carry more than one.
    pub fn read(&self, headers: &impl HeaderLookup) -> Result<Option<Credential>, AmbiguousCredentials> {
        if let Some(cookie) = self.lone_cookie(headers) {
            return Ok(Some(cookie));
        }
        if self.ambiguous == Ambiguous::Reject && self.count(headers) > 1 {
            return Err(AmbiguousCredentials);
        }
        let token =
            || self.session_tokens(headers).next().map(|part| part.credential(CredentialKind::SessionToken));
        let bearer = || self.bearers(headers).next().map(|part| part.credential(CredentialKind::Bearer));
        let session = token().or_else(bearer).or_else(|| self.cookie(headers));
        let jwt = match &session {
            // An explicit session takes precedence over a JWT.
            Some(session) if session.kind() != CredentialKind::Cookie => None,
            _ => self.jwts(headers).next(),
        };
        Ok(match jwt {
            Some((kind, jwt)) => Some(jwt.credential(kind).with_session(session)),
            None => session,
        })
    }

    /// Returns every credential in these headers, not only the one that takes precedence: for a logout, which ends them
    /// all.
    pub(crate) fn read_all(&self, headers: &impl HeaderLookup) -> Vec<Credential> {
        let tokens = self.session_tokens(headers).map(|part| part.credential(CredentialKind::SessionToken));
        let bearers = self.bearers(headers).map(|part| part.credential(CredentialKind::Bearer));
        let jwts = self.jwts(headers).map(|(kind, part)| part.credential(kind));
        let cookie = self.cookie(headers);
        let cookies = cookie.iter().flat_map(Credential::candidates).cloned();
        tokens.chain(bearers).chain(jwts).chain(cookies).take(MOST_CREDENTIALS).collect()
    }

    fn count(&self, headers: &impl HeaderLookup) -> usize {
        let (cookies, jwts) = (cookies(headers, &self.cookies).count(), self.jwts(headers).count());
        let beside = usize::from(cookies > 0 && jwts > 0);
        self.session_tokens(headers).count() + self.bearers(headers).count() + jwts + cookies - beside
    }

    /// The JWTs, those in headers before those in cookies.
    fn jwts<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = (CredentialKind, Part<'a>)> {
        let bearers = self.jwt.then(|| bearer_tokens(headers));
        let bearers = bearers.into_iter().flatten().map(|jwt| (CredentialKind::Jwt, jwt));
        let cookies = (!self.jwt_cookies.is_empty()).then(|| cookies(headers, &self.jwt_cookies));
        let cookies = cookies.into_iter().flatten();
        bearers
            .chain(cookies.map(|(cookie, _)| (CredentialKind::JwtCookie, cookie.value())))
            .filter(|(_, jwt)| token::is_jwt(jwt.bytes()))
    }

    fn session_tokens<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = Part<'a>> {
        let format = self.session_token;
        let values = lines(headers, "x-session-token");
        let tokens = values.map(|value| value.narrowed(value.bytes().trim_ascii()));
        tokens.filter(move |token| format.accepts(token.bytes()))
    }

    fn bearers<'a>(&self, headers: &'a impl HeaderLookup) -> impl Iterator<Item = Part<'a>> {
        let format = self.bearer_format();
        bearer_tokens(headers).filter(move |token| format.accepts(token.bytes()))
    }

    /// The session cookie of the name that takes precedence, with those of further names as its alternatives.
    pub(crate) fn cookie(&self, headers: &impl HeaderLookup) -> Option<Credential> {
        let mut found = [const { None::<Candidate<'_>> }; MOST_NAMES];
        for (cookie, rank) in cookies(headers, &self.cookies) {
            if let Some(known) = found.iter_mut().flatten().find(|known| known.cookie.name == cookie.name) {
                known.add(cookie);
                continue;
            }
            let place = found.iter().position(|known| known.as_ref().is_none_or(|known| known.rank > rank));
            if let Some(after) = place.and_then(|place| found.get_mut(place..)) {
                // The last one, which the rotation brings to the front, gives way.
                after.rotate_right(1);
                if let Some(place) = after.first_mut() {
                    *place = Some(Candidate { rank, cookie, more: Vec::new() });
                }
            }
        }
        let found = found.into_iter().flatten().rev();
        let together = !self.era.reads_the_first_cookie_alone();
        found.fold(None, |next, candidate| match together {
            true => Some(candidate.together().with_next(next)),
            false => Some(candidate.apart(next)),
        })
    }
}

/// The session cookies of one name.
struct Candidate<'a> {
    /// The place of the name in the configuration.
    rank: usize,
    cookie: Cookie<'a>,
    /// Further cookies of this name, set for another domain or path.
    more: Vec<&'a [u8]>,
}

impl<'a> Candidate<'a> {
    fn add(&mut self, cookie: Cookie<'a>) {
        if self.more.len() + 1 < MOST_OF_ONE_NAME {
            self.more.push(cookie.pair().bytes());
        }
    }

    /// Each cookie goes to Kratos in a call of its own: up to 0.8 it reads the first of one name and no other (Kratos 0.6.3,
    /// 0.7.6 and 0.8.2), so that an unreadable one would lock the user out.
    fn apart(self, next: Option<Credential>) -> Credential {
        let more = self.more.into_iter().take(MOST_APART);
        let next = more
            .rev()
            .fold(next, |next, pair| Some(Credential::new(CredentialKind::Cookie, pair).with_next(next)));
        self.cookie.pair().credential(CredentialKind::Cookie).with_next(next)
    }

    /// Cookies of one name go to Kratos together: since 0.9 it takes the one that decodes, in either order (Kratos 26.2.0,
    /// 1.3.1, 0.13.0 and 0.9.0).
    fn together(self) -> Credential {
        let pair = self.cookie.pair();
        if self.more.is_empty() {
            return pair.credential(CredentialKind::Cookie);
        }
        let mut length = pair.bytes().len();
        let fitting = self.more.into_iter().take_while(|other| {
            length += other.len() + 2;
            length <= LONGEST_COOKIE
        });
        let pairs: Vec<&[u8]> = std::iter::once(pair.bytes()).chain(fitting).collect();
        Credential::new(CredentialKind::Cookie, &pairs.join(&b"; "[..]))
    }
}

/// The cookies with one of these names and a value, each with the place of its name among them.
fn cookies<'a>(
    headers: &'a impl HeaderLookup,
    names: &[CookieName],
) -> impl Iterator<Item = (Cookie<'a>, usize)> {
    cookie::cookies(headers).filter_map(|cookie| {
        let rank = rank(names, cookie.name, cookie.value, cookie.pair().bytes())?;
        Some((cookie, rank))
    })
}

/// The place of a cookie's name among these; `None` if it is not among them, or the cookie is empty or too long.
fn rank(names: &[CookieName], name: &[u8], value: &[u8], pair: &[u8]) -> Option<usize> {
    let usable = !value.is_empty() && pair.len() <= LONGEST_COOKIE;
    names.iter().position(|known| usable && known.matches(name))
}

/// The values of the first lines of a header.
fn lines<'a>(headers: &'a impl HeaderLookup, name: &str) -> impl Iterator<Item = Part<'a>> {
    Part::all(headers, name).take(MOST_LINES).inspect(|line| work::add(line.bytes().len()))
}

fn bearer_tokens(headers: &impl HeaderLookup) -> impl Iterator<Item = Part<'_>> {
    lines(headers, "authorization").filter_map(|value| value.map(bearer_token))
}

/// The token in `Bearer <token>`. The scheme is not case-sensitive (RFC 9110 §11.1).
fn bearer_token(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}

#[cfg(test)]
mod tests;
