//! The client's parsers without a server, for the fuzz targets.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{BrowserCookies, Error, RelayCookies, with_cookies::RelayRule};
use crate::transport::Reply;

/// Returns the error for an unsuccessful response.
#[must_use]
pub fn refused(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Error {
    let cookies = RelayCookies::by(&RelayRule::All, false, &headers);
    Error::refused(
        "fuzz",
        &Reply { status, headers, body: Bytes::copy_from_slice(body), sent: Bytes::new() },
        cookies,
    )
}

/// Returns the `Set-Cookie` lines that are relayed after a read.
pub fn relayed(success: bool, headers: &HeaderMap) -> RelayCookies {
    RelayCookies::by(&RelayRule::OnSuccess, success, headers)
}

/// Returns the `Cookie` header that a browser sends after it received `set`.
///
/// # Errors
/// Returns an error if its bytes are not allowed in a header.
pub fn cookies_after(cookies: &BrowserCookies, set: &RelayCookies) -> Result<Option<HeaderValue>, Error> {
    cookies.after(set).to_header("fuzz")
}
