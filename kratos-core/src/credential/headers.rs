//! Reads headers of any framework's header map.

use http::{
    HeaderMap, HeaderValue,
    header::{self, GetAll},
};

use super::SESSION_TOKEN;

/// A request's headers as raw bytes.
///
/// axum and actix-web use different major versions of `http`; this trait serves both.
pub trait HeaderLookup {
    /// Every value of the header `name` (lower case), in the order received.
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]>;

    /// The first value of the header `name`; `None` if it is absent or not UTF-8. Not for `Cookie`, in which one
    /// cookie that is not UTF-8 would hide all others.
    fn text<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.values(name).next().and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Copies the headers, for a request that is kept across an await.
    fn to_map(&self) -> HeaderMap;

    /// The same values as [`HeaderLookup::values`], each with its header where cloning that is cheaper than copying
    /// the bytes. The default returns no headers.
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

/// Spares parsing and hashing the names that are read of every request.
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
