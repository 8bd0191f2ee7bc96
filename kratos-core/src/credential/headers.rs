//! Reading headers without knowing whose header map it is.

use std::ops::Range;

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

    /// The value of the header `name` that these bytes lie in, and where, if holding on to it is cheaper than a
    /// copy of them. Default: it is not.
    fn keep(&self, _name: &str, _bytes: &[u8]) -> Option<(HeaderValue, Range<usize>)> {
        None
    }
}

impl HeaderLookup for HeaderMap {
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        all(self, name).into_iter().map(HeaderValue::as_bytes)
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> Option<(HeaderValue, Range<usize>)> {
        let place = |value: &HeaderValue| {
            let start = bytes.as_ptr().addr().checked_sub(value.as_bytes().as_ptr().addr())?;
            let part = start..start.checked_add(bytes.len())?;
            value.as_bytes().get(part.clone()).is_some().then_some(part)
        };
        all(self, name).into_iter().find_map(|value| place(value).map(|part| (value.clone(), part)))
    }
}

/// The names that every request is asked for need not be read and hashed as text.
fn all<'a>(headers: &'a HeaderMap, name: &str) -> GetAll<'a, HeaderValue> {
    match name {
        "cookie" => headers.get_all(header::COOKIE),
        "authorization" => headers.get_all(header::AUTHORIZATION),
        "x-session-token" => headers.get_all(SESSION_TOKEN),
        "cache-control" => headers.get_all(header::CACHE_CONTROL),
        _ => headers.get_all(name),
    }
}
