//! Cross-site requests.

use url::Url;

use super::{
    RequestView,
    request::{LONGEST_VALUE, MOST_LINES},
};
use crate::{
    credential::HeaderLookup,
    links::{Origins, foreign},
    work,
};

/// The longest `Origin` that is read: a host name has at most 253 characters.
const LONGEST_ORIGIN: usize = 1024;

/// Whether another site sent this request. `Sec-Fetch-Site` decides, which no script can set. Where a browser does not
/// send it (to plain `http`, or before 2023), `Origin` decides. A request with neither header does not come from a
/// browser of this decade, and passes. Without `origins` no `Origin` is known to be the application's.
pub(crate) fn is_cross_site<H: HeaderLookup>(
    request: &RequestView<'_, H>,
    origins: Option<&Origins>,
) -> bool {
    let headers = request.headers();
    let known = |is_ours: fn(&Origins, &Url) -> bool| {
        all(headers.values("origin"), |origin| {
            origins.is_some_and(|origins| is_one_of(origin, |url| is_ours(origins, url)))
        })
    };
    if known(Origins::is_trusted) == Some(true) {
        return false;
    }
    let by_fetch = all(headers.values("sec-fetch-site"), |site| matches!(site, b"same-origin" | b"none"));
    by_fetch.or_else(|| known(Origins::is_app)) == Some(false)
}

/// Whether a request can change state: every method but the safe ones, and the handshake of a WebSocket, which no
/// same-origin policy stops.
pub(crate) fn is_unsafe<H: HeaderLookup>(request: &RequestView<'_, H>) -> bool {
    let headers = request.headers();
    let is_other = |protocol: &[u8]| !protocol.to_ascii_lowercase().windows(9).any(|w| w == b"websocket");
    let is_socket = || headers.has("upgrade") && all(headers.values("upgrade"), is_other) == Some(false);
    !matches!(request.method(), "GET" | "HEAD" | "OPTIONS" | "TRACE") || is_socket()
}

/// Whether all values pass; `None` when there is none. A repeated header counts as a whole, and fails if it has more lines
/// or a longer one than are read.
fn all<'a>(values: impl Iterator<Item = &'a [u8]>, is_right: impl Fn(&[u8]) -> bool) -> Option<bool> {
    let outcome = |(place, value): (usize, &[u8])| {
        work::add(value.len());
        place < MOST_LINES && value.len() <= LONGEST_VALUE && is_right(value)
    };
    values.take(MOST_LINES + 1).enumerate().map(outcome).reduce(|all, one| all && one)
}

/// `null` and everything else that is not a URL is foreign.
fn is_one_of(origin: &[u8], is_ours: impl Fn(&Url) -> bool) -> bool {
    let origin = origin.get(..=LONGEST_ORIGIN).map_or(origin, |_| b"");
    let origin = std::str::from_utf8(origin).ok().and_then(foreign::parse);
    origin.is_some_and(|url| is_ours(&url))
}

#[cfg(test)]
mod tests;
