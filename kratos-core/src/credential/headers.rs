//! Reading headers without knowing whose header map it is.

use http::{
    HeaderMap, HeaderValue,
    header::{self, GetAll},
};

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

    /// Copies the headers, for a request that is kept across an await.
    fn to_map(&self) -> HeaderMap;

    /// The same values, each with the header itself if holding on to that is cheaper than a copy of its bytes.
    /// Default: it is not.
    fn shared_values<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a [u8], Option<&'a HeaderValue>)> {
        self.values(name).map(|value| (value, None))
    }
}

impl HeaderLookup for HeaderMap {
    fn to_map(&self) -> HeaderMap {
        self.clone()
    }

    #[inline]
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        all(self, name).into_iter().map(HeaderValue::as_bytes)
    }

    #[inline]
    fn shared_values<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a [u8], Option<&'a HeaderValue>)> {
        all(self, name).into_iter().map(|value| (value.as_bytes(), Some(value)))
    }
}

/// The names that every request is asked for need not be read and hashed as text.
#[inline]
fn all<'a>(headers: &'a HeaderMap, name: &str) -> GetAll<'a, HeaderValue> {
    match name {
        "cookie" => headers.get_all(header::COOKIE),
        "authorization" => headers.get_all(header::AUTHORIZATION),
        "x-session-token" => headers.get_all(SESSION_TOKEN),
        "cache-control" => headers.get_all(header::CACHE_CONTROL),
        _ => headers.get_all(name),
    }
}
