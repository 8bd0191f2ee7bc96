//! The client's readers, without a server: for the fuzz targets alone.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{BrowserCookies, Error, RelayCookies, answer::RelayRule};
use crate::transport::Reply;

/// The error that an answer without success becomes.
#[must_use]
pub fn refused(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Error {
    let cookies = RelayCookies::by(&RelayRule::All, false, &headers);
    Error::refused("fuzz", &Reply { status, headers, body: Bytes::copy_from_slice(body) }, cookies)
}

/// The `Set-Cookie` lines that a browser gets of a read that worked, or did not.
pub fn relayed(success: bool, headers: &HeaderMap) -> RelayCookies {
    RelayCookies::by(&RelayRule::OnSuccess, success, headers)
}

/// The `Cookie` header that a browser sends after it got these.
///
/// # Errors
/// When its bytes cannot stand in a header.
pub fn cookies_after(cookies: &BrowserCookies, set: &RelayCookies) -> Result<Option<HeaderValue>, Error> {
    cookies.after(set).to_header("fuzz")
}
