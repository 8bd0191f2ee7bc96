//! The cookies of a browser.

use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretSlice};

use super::{answer::RelayCookies, error::Error};
use crate::credential::{HeaderLookup, cookie};

/// The `Cookie` header of a browser's request, byte for byte: Kratos refuses values that were decoded and
/// encoded again. All of it travels to Kratos, for flows need the CSRF cookie and others too.
#[derive(Clone)]
pub struct BrowserCookies(SecretSlice<u8>);

impl BrowserCookies {
    /// The raw value of a `Cookie` header.
    #[must_use]
    pub fn new(header: impl AsRef<[u8]>) -> Self {
        Self(SecretSlice::from(header.as_ref().to_vec()))
    }

    /// The cookies of a request. More than one `Cookie` header, as HTTP/2 allows, are joined.
    #[must_use]
    pub fn from_headers(headers: &impl HeaderLookup) -> Self {
        let lines: Vec<&[u8]> = headers.values("cookie").collect();
        Self::new(lines.join(&b"; "[..]))
    }

    /// A browser without cookies.
    #[must_use]
    pub fn none() -> Self {
        Self::new("")
    }

    pub(super) fn to_header(&self, call: &str) -> Result<Option<HeaderValue>, Error> {
        let bytes = self.0.expose_secret();
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut value = HeaderValue::from_bytes(bytes)
            .map_err(|_| Error::invalid_call(call, "the cookies hold bytes that no header can carry"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// These cookies as the browser will have them once it got the others.
    pub(super) fn after(&self, set: &RelayCookies) -> Self {
        let pair = |line: &HeaderValue| {
            line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii().to_vec()
        };
        let fresh: Vec<Vec<u8>> = set.iter().map(pair).collect();
        let kept = self.0.expose_secret().split(|byte| *byte == b';').map(<[u8]>::trim_ascii).filter(|old| {
            !old.is_empty() && !fresh.iter().any(|new| cookie::name_of(new) == cookie::name_of(old))
        });
        let all: Vec<Vec<u8>> = kept.map(<[u8]>::to_vec).chain(fresh.iter().cloned()).collect();
        Self::new(all.join(&b"; "[..]))
    }
}

impl std::fmt::Debug for BrowserCookies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BrowserCookies([redacted])")
    }
}
