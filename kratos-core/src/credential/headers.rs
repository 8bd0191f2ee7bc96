//! Reading headers without knowing whose header map it is.

use http::{HeaderMap, header};

use super::SESSION_TOKEN;

/// A request's headers as raw bytes.
///
/// axum and actix-web use different major versions of `http`, so core asks for this instead of a map.
pub trait HeaderLookup {
    /// Every value of the header `name` (lower case), in the order received.
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]>;

    /// The first value of the header `name`, if it is text.
    fn text<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.values(name).next().and_then(|value| std::str::from_utf8(value).ok())
    }
}

impl HeaderLookup for HeaderMap {
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        // Names that are known need not be read and hashed as text on every request.
        let values = match name {
            "cookie" => self.get_all(header::COOKIE),
            "authorization" => self.get_all(header::AUTHORIZATION),
            "x-session-token" => self.get_all(SESSION_TOKEN),
            "cache-control" => self.get_all(header::CACHE_CONTROL),
            _ => self.get_all(name),
        };
        values.into_iter().map(http::HeaderValue::as_bytes)
    }
}
