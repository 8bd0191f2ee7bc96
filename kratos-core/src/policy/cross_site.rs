//! Requests that another site makes a browser send.

use url::Url;

use super::{Links, RequestView};
use crate::credential::HeaderLookup;

/// Whether another site sent this request. `Sec-Fetch-Site` tells, which no script can set; where a browser does
/// not send it (to plain `http`, or before 2023), `Origin` does. A request with neither comes from no browser of
/// this decade, and is let through.
pub(crate) fn is_cross_site<H: HeaderLookup>(request: &RequestView<'_, H>, links: &Links) -> bool {
    let headers = request.headers();
    if all(headers.values("origin"), |origin| is_one_of(origin, |url| links.is_trusted(url))) == Some(true) {
        return false;
    }
    let by_fetch = all(headers.values("sec-fetch-site"), |site| matches!(site, b"same-origin" | b"none"));
    let by_origin = || all(headers.values("origin"), |origin| is_one_of(origin, |url| links.is_app(url)));
    by_fetch.or_else(by_origin) == Some(false)
}

/// Whether a request can change something, so that another site must not send it: every method but the safe ones,
/// and the handshake of a WebSocket, which no same-origin policy stops.
pub(crate) fn is_unsafe<H: HeaderLookup>(request: &RequestView<'_, H>) -> bool {
    let is_socket = || {
        request
            .headers()
            .values("upgrade")
            .any(|value| value.to_ascii_lowercase().windows(9).any(|w| w == b"websocket"))
    };
    !matches!(request.method(), "GET" | "HEAD" | "OPTIONS" | "TRACE") || is_socket()
}

/// Whether all values are right; `None` when there is none. A header that came twice counts only as a whole.
fn all<'a>(values: impl Iterator<Item = &'a [u8]>, is_right: impl Fn(&[u8]) -> bool) -> Option<bool> {
    values.fold(None, |so_far, value| Some(so_far.unwrap_or(true) && is_right(value)))
}

/// `null` and everything that is no URL is somebody else's.
fn is_one_of(origin: &[u8], is_ours: impl Fn(&Url) -> bool) -> bool {
    let origin = std::str::from_utf8(origin).ok().and_then(|text| Url::parse(text).ok());
    origin.is_some_and(|url| is_ours(&url))
}

#[cfg(test)]
mod tests;
