//! The `Retry-After` header.

use std::time::Duration;

use http::{HeaderMap, header};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

/// Parses `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    text.parse().ok().map(Duration::from_secs).or_else(|| {
        let date = OffsetDateTime::parse(text, &Rfc2822).ok()?;
        Duration::try_from(date - OffsetDateTime::now_utc()).ok()
    })
}
