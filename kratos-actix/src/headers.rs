//! Converts between actix-web's headers and core's, which are of different major versions of `http`.

use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, VARY};
use kratos_core::adapter::{HeaderLookup, ResponseHeaders};

/// actix-web's headers, borrowed.
#[derive(Debug)]
pub(crate) struct Headers<'a>(pub(crate) &'a HeaderMap);

impl HeaderLookup for Headers<'_> {
    fn to_map(&self) -> http::HeaderMap {
        let pairs = self.0.iter().filter_map(|(name, value)| {
            let name = http::HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
            Some((name, http::HeaderValue::from_bytes(value.as_bytes()).ok()?))
        });
        let mut headers = http::HeaderMap::with_capacity(self.0.len());
        for (name, value) in pairs {
            headers.append(name, value);
        }
        headers
    }

    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.0.get_all(name).map(HeaderValue::as_bytes)
    }
}

/// Appends a header. Both versions accept the same names and values.
pub(crate) fn append(headers: &mut HeaderMap, name: &http::HeaderName, value: &http::HeaderValue) {
    let name = HeaderName::from_bytes(name.as_str().as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
        headers.append(name, value);
    }
}

/// Appends the headers that a response needs because of the session.
pub(crate) fn add(headers: &mut HeaderMap, added: &ResponseHeaders) {
    for line in added.cookies(&Headers(headers)) {
        append(headers, &http::header::SET_COOKIE, &line);
    }
    // Shares the text, which is static in both versions.
    let text = |value: &'static http::HeaderValue| value.to_str().ok().map(HeaderValue::from_static);
    if let Some(vary) = added.vary().and_then(text) {
        headers.append(VARY, vary);
    }
    if !headers.contains_key(CACHE_CONTROL)
        && let Some(storing) = added.cache_control().and_then(text)
    {
        headers.insert(CACHE_CONTROL, storing);
    }
}
