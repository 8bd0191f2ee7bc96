//! The cookies of a request, read as bytes.

use memchr::memchr;

use super::{HeaderLookup, part::Part};
use crate::work;

/// The name of a session cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CookieName {
    /// Exactly this name: `session.cookie.name` of Kratos' configuration (default `ory_kratos_session`).
    Exact(String),
    /// Every longer name with this prefix: the Ory Network's `ory_session_<project>`.
    Prefix(String),
}

impl CookieName {
    /// Whether this name covers the cookie `name`. Cookie names are case-sensitive.
    #[must_use]
    pub fn matches(&self, name: &[u8]) -> bool {
        match self {
            Self::Exact(exact) => name == exact.as_bytes(),
            Self::Prefix(prefix) => name.len() > prefix.len() && name.starts_with(prefix.as_bytes()),
        }
    }

    /// Whether the pair `name=value` may be of this name: a cheap test before the pair is taken apart.
    #[inline]
    pub(super) fn may_begin(&self, pair: &[u8]) -> bool {
        let (Self::Exact(text) | Self::Prefix(text)) = self;
        match (pair, text.as_bytes()) {
            // The first byte excludes most cookies.
            ([first, ..], [other, ..]) if first != other => false,
            (pair, text) => pair.starts_with(text),
        }
    }
}

impl From<&str> for CookieName {
    /// Makes a prefix of a name that ends in `*`, and an exact name of any other.
    fn from(name: &str) -> Self {
        match name.strip_suffix('*') {
            Some(prefix) => Self::Prefix(prefix.to_owned()),
            None => Self::Exact(name.to_owned()),
        }
    }
}

/// The `Cookie` bytes read of one request. Reading ends at the first header line that exceeds them. actix-web
/// accepts as many bytes of headers; proxies accept 8 to 64 KiB.
pub(crate) const MAX_BYTES: usize = 128 * 1024;

/// The name and value of each cookie in the request's `Cookie` headers, in the order received.
///
/// HTTP/2 may split the cookies over several header lines (RFC 9113 §8.2.3). The bytes are neither decoded nor
/// unquoted, and need not be UTF-8. A pair without `=` or without a name is skipped; a value may be empty.
/// Reads at most [`MAX_BYTES`].
pub(crate) fn pairs(headers: &impl HeaderLookup) -> impl Iterator<Item = (&[u8], &[u8])> {
    cookies(headers).map(|cookie| (cookie.name, cookie.value))
}

/// One cookie of a request.
#[derive(Clone, Copy)]
pub(super) struct Cookie<'a> {
    pub(super) name: &'a [u8],
    pub(super) value: &'a [u8],
    line: Part<'a>,
    pair: &'a [u8],
}

impl<'a> Cookie<'a> {
    /// `name=value`.
    pub(super) fn pair(&self) -> Part<'a> {
        self.line.narrowed(self.pair)
    }

    /// The value alone.
    pub(super) fn value(&self) -> Part<'a> {
        self.line.narrowed(self.value)
    }
}

/// The cookies that [`pairs`] returns, with the header that each one is in.
pub(super) fn cookies(headers: &impl HeaderLookup) -> impl Iterator<Item = Cookie<'_>> {
    lines(Part::all(headers, "cookie"), |line| line.bytes()).flat_map(|line| {
        split(line.bytes()).filter_map(move |part| {
            let pair = part.trim_ascii();
            let (name, value) = parts(pair)?;
            Some(Cookie { name, value, line, pair })
        })
    })
}

/// The lines that are read: up to [`MAX_BYTES`].
pub(crate) fn lines<'a, L: Copy>(
    all: impl Iterator<Item = L>,
    bytes: impl Fn(L) -> &'a [u8],
) -> impl Iterator<Item = L> {
    let mut left = MAX_BYTES;
    all.map_while(move |line| {
        // An empty line costs one, so that the number of lines is limited too.
        left = left.checked_sub(bytes(line).len() + 1)?;
        Some(line)
    })
}

/// The name and value of a pair; `None` without a name.
pub(super) fn parts(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let equals = memchr(b'=', pair).filter(|equals| *equals > 0)?;
    Some((pair.get(..equals)?, pair.get(equals + 1..)?))
}

/// The parts of a `Cookie` header between semicolons.
pub(super) fn split(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(header);
    std::iter::from_fn(move || {
        let part = rest?;
        let (part, after) = match memchr(b';', part).and_then(|end| part.split_at_checked(end)) {
            Some((part, after)) => (part, after.get(1..)),
            None => (part, None),
        };
        rest = after;
        work::add(part.len());
        Some(part)
    })
}

/// The name in `name=value…` of a `Cookie` pair or a `Set-Cookie` line.
pub(crate) fn name_of(line: &[u8]) -> &[u8] {
    line.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::*;

    fn headers(lines: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("cookie", HeaderValue::from_bytes(line).unwrap());
        }
        headers
    }

    /// One cookie that is not UTF-8 hides no other, on its own line or on another.
    #[test]
    fn pairs_are_read_as_bytes_over_all_lines() {
        let headers = headers(&[b"a=\xff\xfe; b=2;;c; =d", b"", b"e=; f=\"x=y\" ", b"\xff=g"]);
        let found: Vec<_> = pairs(&headers).collect();
        let expected: [(&[u8], &[u8]); 5] =
            [(b"a", b"\xff\xfe"), (b"b", b"2"), (b"e", b""), (b"f", b"\"x=y\""), (b"\xff", b"g")];
        assert_eq!(found, expected);
    }

    #[test]
    fn reading_ends_at_the_limit() {
        let long = [b"a=", "x".repeat(MAX_BYTES - 8).as_bytes()].concat();
        assert_eq!(pairs(&headers(&[&long, b"b=1", b"c=2"])).count(), 2, "the third line exceeds the limit");
        assert_eq!(pairs(&headers(&[&"a=1;".repeat(MAX_BYTES / 4).into_bytes()])).count(), 0);
    }

    #[test]
    fn a_prefix_alone_is_not_a_name() {
        let name = CookieName::from("ory_session_*");
        assert!(name.matches(b"ory_session_a"));
        assert!(!name.matches(b"ory_session_") && !name.matches(b"ory_session"));
        assert!(!name.matches(b"xory_session_a") && !name.matches(b"ORY_SESSION_a"));
        assert!(!CookieName::from("a").matches(b"ab"));
    }
}
