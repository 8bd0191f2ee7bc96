//! Parses bytes as an exchange: a first line, header lines, an empty line, a body.

use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) struct Exchange<'a> {
    /// The first line: a status, or a method and a path.
    pub(crate) first: &'a [u8],
    pub(crate) headers: HeaderMap,
    pub(crate) body: &'a [u8],
}

impl<'a> Exchange<'a> {
    /// Parses what is valid. Skips lines that no HTTP server accepts as headers, and those after the
    /// hundredth.
    pub(crate) fn of(data: &'a [u8]) -> Self {
        let (first, mut rest) = line(data);
        let mut headers = HeaderMap::new();
        for _ in 0..100 {
            let (next, after) = line(rest);
            rest = after;
            if next.is_empty() {
                break;
            }
            let mut parts = next.splitn(2, |byte| *byte == b':');
            let name = parts.next().and_then(|name| HeaderName::from_bytes(name).ok());
            let value = parts.next().and_then(|value| HeaderValue::from_bytes(value.trim_ascii()).ok());
            if let (Some(name), Some(value)) = (name, value) {
                headers.append(name, value);
            }
        }
        Self { first, headers, body: rest }
    }

    /// The first line's number as an HTTP status.
    pub(crate) fn status(&self) -> Option<http::StatusCode> {
        http::StatusCode::from_bytes(self.first).ok()
    }
}

/// The first line, and the rest.
fn line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}
