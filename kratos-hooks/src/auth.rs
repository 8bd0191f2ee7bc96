//! Proof that Kratos is the caller.

use std::fmt;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, header};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::HookConfigError;

/// The bytes that a key must have at least.
const SHORTEST_KEY: usize = 16;

/// What Kratos proves itself with: `auth` of a web hook, of the password migration hook and of the courier
/// (Kratos 26.2.0, request/auth.go). Kratos signs nothing, so a request without this proof can be from anyone.
///
/// Compares in constant time, hashes the candidates first, and tries every key, so that neither the length nor the place
/// of a key shows in the time. `Debug` shows no key.
#[derive(Clone)]
pub struct HookAuth {
    place: Place,
    keys: Vec<SecretString>,
}

#[derive(Clone, Debug)]
pub(crate) enum Place {
    Header(HeaderName),
    Cookie(String),
    Basic(String),
    Bearer,
}

impl HookAuth {
    /// Requires a key in a header: `{type: api_key, config: {in: header, name, value}}`.
    ///
    /// # Errors
    /// Returns an error if `name` is not a header name, or if the key has fewer than 16 bytes or other characters than
    /// visible ASCII without `"`, `,`, `;` and `\`.
    pub fn api_key_header(name: &str, key: impl Into<String>) -> Result<Self, HookConfigError> {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| HookConfigError::NAME)?;
        Self { place: Place::Header(name), keys: Vec::new() }.with_key(key)
    }

    /// Requires a key in a cookie: `{type: api_key, config: {in: cookie, name, value}}`.
    ///
    /// # Errors
    /// As of [`HookAuth::api_key_header`].
    pub fn api_key_cookie(name: &str, key: impl Into<String>) -> Result<Self, HookConfigError> {
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| HookConfigError::NAME)?;
        Self { place: Place::Cookie(name.to_owned()), keys: Vec::new() }.with_key(key)
    }

    /// Requires Basic authentication: `{type: basic_auth, config: {user, password}}`.
    ///
    /// # Errors
    /// Returns an error if the user is empty or has a colon, and for the password as [`HookAuth::api_key_header`].
    pub fn basic(user: &str, password: impl Into<String>) -> Result<Self, HookConfigError> {
        if user.is_empty()
            || user.contains([':', '"', '\\'])
            || !user.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Err(HookConfigError::NAME);
        }
        Self { place: Place::Basic(user.to_owned()), keys: Vec::new() }.with_key(password)
    }

    /// Requires a bearer key: `{type: api_key, config: {in: header, name: Authorization, value: Bearer KEY}}`.
    ///
    /// # Errors
    /// For the key as [`HookAuth::api_key_header`].
    pub fn bearer(key: impl Into<String>) -> Result<Self, HookConfigError> {
        Self { place: Place::Bearer, keys: Vec::new() }.with_key(key)
    }

    /// Also accepts this key or password: the next one before Kratos is restarted with it, or the previous one until then.
    /// [`HookConfig`](crate::HookConfig) prints the first.
    ///
    /// # Errors
    /// As of [`HookAuth::api_key_header`].
    pub fn with_key(mut self, key: impl Into<String>) -> Result<Self, HookConfigError> {
        let key: String = key.into();
        let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
        if key.len() < SHORTEST_KEY || !key.bytes().all(fits) {
            return Err(HookConfigError::KEY);
        }
        self.keys.push(SecretString::from(key));
        Ok(self)
    }

    /// Returns whether the headers prove the caller.
    #[must_use]
    pub fn is_proven_by(&self, headers: &HeaderMap) -> bool {
        self.is_proven_by_values(headers.get_all(self.header_name()).iter().map(http::HeaderValue::as_bytes))
    }

    /// Returns whether the values of the header [`HookAuth::header_name`] prove the caller: for a framework whose headers
    /// are not those of the crate `http`.
    ///
    /// A header or cookie that occurs twice proves nothing.
    #[must_use]
    pub fn is_proven_by_values<'a>(&self, values: impl IntoIterator<Item = &'a [u8]>) -> bool {
        let mut values = values.into_iter();
        match &self.place {
            Place::Header(_) => single(values).is_some_and(|value| self.accepts(value)),
            Place::Cookie(name) => {
                let mut found = values.flat_map(|line| line.split(|byte| *byte == b';')).filter_map(|pair| {
                    let pair = pair.trim_ascii();
                    pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")
                });
                single(&mut found).is_some_and(|value| self.accepts(value))
            }
            Place::Bearer => single(&mut values)
                .and_then(|value| after(value, b"bearer "))
                .is_some_and(|it| self.accepts(it)),
            Place::Basic(user) => {
                single(&mut values).and_then(|value| basic(value, user)).is_some_and(|it| self.accepts(&it))
            }
        }
    }

    /// Returns the name of the header that holds the proof.
    #[must_use]
    pub fn header_name(&self) -> &str {
        match &self.place {
            Place::Header(name) => name.as_str(),
            Place::Cookie(_) => header::COOKIE.as_str(),
            Place::Basic(_) | Place::Bearer => header::AUTHORIZATION.as_str(),
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn first_key(&self) -> &str {
        self.keys.first().map_or("", |key| key.expose_secret())
    }

    fn accepts(&self, candidate: &[u8]) -> bool {
        let candidate = Sha256::digest(candidate);
        let same = |key: &SecretString| Sha256::digest(key.expose_secret().as_bytes()).ct_eq(&candidate);
        self.keys.iter().fold(Choice::from(0), |any, key| any | same(key)).into()
    }
}

impl fmt::Debug for HookAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookAuth").field("place", &self.place).field("keys", &self.keys.len()).finish()
    }
}

fn single<'a>(mut values: impl Iterator<Item = &'a [u8]>) -> Option<&'a [u8]> {
    let first = values.next()?;
    values.next().is_none().then_some(first)
}

/// Returns what follows a scheme, whose case does not count.
fn after<'a>(value: &'a [u8], scheme: &[u8]) -> Option<&'a [u8]> {
    let (given, rest) = value.split_at_checked(scheme.len())?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim_ascii())
}

/// Returns the password, if the user is this one.
fn basic(value: &[u8], user: &str) -> Option<Vec<u8>> {
    let encoded = after(value, b"basic ")?;
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
    Some(decoded.strip_prefix(user.as_bytes())?.strip_prefix(b":")?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "a-key-of-22-characters";

    fn headers(name: &'static str, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_header_is_compared_with_every_key() {
        let auth = HookAuth::api_key_header("X-Key", KEY).unwrap().with_key("the-next-key-1234").unwrap();
        for (values, proven) in [
            (vec![KEY], true),
            (vec!["the-next-key-1234"], true),
            (vec![], false),
            (vec![""], false),
            (vec!["a-key-of-22-characterS"], false),
            (vec!["a-key-of-22-characters-"], false),
            (vec![KEY, KEY], false),
        ] {
            assert_eq!(auth.is_proven_by(&headers("x-key", &values)), proven, "{values:?}");
        }
    }

    #[test]
    fn a_cookie_must_occur_once() {
        let auth = HookAuth::api_key_cookie("hook", KEY).unwrap();
        for (values, proven) in [
            (vec!["hook=a-key-of-22-characters"], true),
            (vec!["a=b; hook=a-key-of-22-characters; c=d"], true),
            (vec!["a=b", "hook=a-key-of-22-characters"], true),
            (vec!["hook=a-key-of-22-characters; hook=a-key-of-22-characters"], false),
            (vec!["hooks=a-key-of-22-characters"], false),
            (vec!["xhook=a-key-of-22-characters"], false),
            (vec!["hook"], false),
        ] {
            assert_eq!(auth.is_proven_by(&headers("cookie", &values)), proven, "{values:?}");
        }
    }

    #[test]
    fn basic_requires_user_and_password() {
        let auth = HookAuth::basic("kratos", KEY).unwrap();
        let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
        for (value, proven) in [
            (format!("Basic {}", encode("kratos:a-key-of-22-characters")), true),
            (format!("basic {}", encode("kratos:a-key-of-22-characters")), true),
            (format!("Basic {}", encode("ada:a-key-of-22-characters")), false),
            (format!("Basic {}", encode("kratos:a-key-of-22-character")), false),
            (format!("Basic {}", encode("kratos")), false),
            (format!("Bearer {}", encode("kratos:a-key-of-22-characters")), false),
            ("Basic \u{e9}".to_owned(), false),
            ("Basi".to_owned(), false),
        ] {
            let mut map = HeaderMap::new();
            map.insert("authorization", http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
            assert_eq!(auth.is_proven_by(&map), proven, "{value:?}");
        }
    }

    #[test]
    fn bearer_requires_its_scheme() {
        let auth = HookAuth::bearer(KEY).unwrap();
        for (values, proven) in [
            (vec!["Bearer a-key-of-22-characters"], true),
            (vec!["bearer  a-key-of-22-characters"], true),
            (vec!["a-key-of-22-characters"], false),
            (vec!["Bearer a-key-of-22-character"], false),
            (vec!["Bearer"], false),
            (vec!["Bearer a-key-of-22-characters", "Bearer a-key-of-22-characters"], false),
        ] {
            assert_eq!(auth.is_proven_by(&headers("authorization", &values)), proven, "{values:?}");
        }
    }

    #[test]
    fn weak_keys_are_refused_and_no_key_is_shown() {
        for key in ["", "short", "fifteen-bytes-x", "with a space inside it", "with;semicolon;in;it"] {
            assert!(HookAuth::api_key_header("x", key).is_err(), "{key:?}");
        }
        assert!(HookAuth::basic("with:colon", KEY).is_err());
        assert!(HookAuth::api_key_header("no name", KEY).is_err());
        assert!(!format!("{:?}", HookAuth::api_key_header("x", KEY).unwrap()).contains(KEY));
    }
}
