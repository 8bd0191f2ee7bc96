//! Requests that another site makes a browser send.

use url::Url;

use super::{Links, RequestView};
use crate::credential::HeaderLookup;

/// Whether another site sent this request. `Sec-Fetch-Site` tells, which no script can set; where a browser does
/// not send it, `Origin` does. A request with neither comes from no browser of this decade, and is let through.
pub(crate) fn is_cross_site<H: HeaderLookup>(request: &RequestView<'_, H>, links: &Links) -> bool {
    let headers = request.headers();
    if let Some(site) = headers.values("sec-fetch-site").next() {
        return !matches!(site, b"same-origin" | b"none");
    }
    match headers.values("origin").next() {
        // `null` and everything that is no URL is somebody else's.
        Some(origin) => {
            let origin = std::str::from_utf8(origin).ok().and_then(|text| Url::parse(text).ok());
            !origin.is_some_and(|url| links.is_app(&url))
        }
        None => false,
    }
}
