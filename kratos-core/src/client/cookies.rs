//! The cookies of a browser's request.

use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretSlice};

use super::{error::Error, with_cookies::RelayCookies};
use crate::{
    credential::{HeaderLookup, cookie},
    work,
};

/// The `Cookie` header of a browser's request.
///
/// It is sent to Kratos unchanged and in full: flows need the CSRF cookie and others, and Kratos refuses values that were
/// decoded and encoded again. `Debug` shows none of it.
#[derive(Clone)]
pub struct BrowserCookies(SecretSlice<u8>);

impl BrowserCookies {
    /// Creates the cookies from the raw value of a `Cookie` header.
    #[must_use]
    pub fn new(header: impl AsRef<[u8]>) -> Self {
        Self(SecretSlice::from(header.as_ref().to_vec()))
    }

    /// Creates the cookies from the headers of a request. Joins several `Cookie` headers, which HTTP/2 allows, up to 128 KiB.
    #[must_use]
    pub fn from_headers(headers: &impl HeaderLookup) -> Self {
        let lines: Vec<&[u8]> = cookie::lines(headers.values("cookie"), |line| line).collect();
        lines.iter().for_each(|line| work::add(line.len()));
        Self::new(lines.join(&b"; "[..]))
    }

    /// Creates the cookies of a browser without cookies.
    #[must_use]
    pub fn none() -> Self {
        Self::new("")
    }

    pub(super) fn to_header(&self, call: &str) -> Result<Option<HeaderValue>, Error> {
        let bytes = self.0.expose_secret();
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut value = HeaderValue::from_bytes(bytes).map_err(|_| {
            Error::invalid_call(call, "the cookies contain bytes that a header must not contain")
        })?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// Returns these cookies as the browser sends them after it receives `set`.
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

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    /// A line more than is read does not reach Kratos.
    #[test]
    fn lines_are_joined_up_to_the_limit() {
        let mut headers = HeaderMap::new();
        for line in ["a=1", "b=2"] {
            headers.append("cookie", HeaderValue::from_static(line));
        }
        headers.append("cookie", HeaderValue::try_from("x".repeat(cookie::MAX_BYTES)).unwrap());
        headers.append("cookie", HeaderValue::from_static("c=3"));
        let sent = BrowserCookies::from_headers(&headers).to_header("test").unwrap().unwrap();
        assert_eq!(sent, "a=1; b=2");
    }
}
