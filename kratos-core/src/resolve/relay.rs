//! Selects the cookies of a whoami response that reach the browser.

use http::{HeaderMap, HeaderValue, header};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use crate::credential::{Credential, cookie};

/// The `Set-Cookie` lines that re-issue the cookie that this call carried, byte for byte.
///
/// A line that deletes the cookie is dropped: whoami must never sign anyone out. So are all other cookies: whoami of
/// 0.6 and 0.7 sets a new CSRF cookie (Kratos 0.7.6, x/nosurf.go), which would invalidate the form that the browser
/// has open.
pub(crate) fn session_cookies(headers: &HeaderMap, credential: &Credential) -> Vec<HeaderValue> {
    let Some(name) = credential.cookie_name() else { return Vec::new() };
    let lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines
        .filter(|line| cookie::name_of(line.as_bytes()) == name && !deletes(line.as_bytes()))
        .map(sensitive)
        .collect()
}

/// Whether this line makes a browser delete the cookie: an empty value, or an expiry in the past (RFC 6265 §5.2).
pub(crate) fn deletes(line: &[u8]) -> bool {
    let mut parts = line.split(|byte| *byte == b';').map(|part| {
        let (name, value) = part.split_at(part.iter().position(|byte| *byte == b'=').unwrap_or(part.len()));
        (name.trim_ascii(), value.get(1..).unwrap_or_default().trim_ascii())
    });
    let is_empty = parts.next().is_none_or(|(_, value)| value.iter().all(|byte| *byte == b'"'));
    is_empty
        || parts.any(|(name, value)| {
            let Ok(value) = std::str::from_utf8(value) else { return false };
            if name.eq_ignore_ascii_case(b"max-age") {
                value.parse::<i64>().is_ok_and(|seconds| seconds <= 0)
            } else if name.eq_ignore_ascii_case(b"expires") {
                OffsetDateTime::parse(value, &Rfc2822).is_ok_and(|date| date <= OffsetDateTime::now_utc())
            } else {
                false
            }
        })
}

fn sensitive(line: &HeaderValue) -> HeaderValue {
    let mut line = line.clone();
    line.set_sensitive(true);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_deletes_is_recognized_in_every_spelling() {
        for line in [
            &b"s="[..],
            b"s=; Path=/",
            b"s=\"\"",
            b"s",
            b"",
            b"s=a; Max-Age=0",
            b"s=a; max-age=-1; Path=/",
            b"s=a; Path=/; MAX-AGE = 0",
            b"s=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            b"s=\xff; Max-Age=0",
        ] {
            assert!(deletes(line), "{}", line.escape_ascii());
        }
        for line in [
            &b"s=a"[..],
            b"s=a=; Path=/; HttpOnly",
            b"s=a; Max-Age=86400",
            b"s=Max-Age; Max-Age=x",
            b"s=a; Expires=Fri, 01 Jan 2199 00:00:00 GMT",
            b"s=\xff; Max-Age=9",
        ] {
            assert!(!deletes(line), "{}", line.escape_ascii());
        }
    }

    #[test]
    fn only_the_cookie_of_the_call_is_relayed_and_never_its_deletion() {
        let mut headers = HeaderMap::new();
        for line in ["csrf_token_1=x", "s=new; Path=/", "s=; Max-Age=0", "s=a; Max-Age=0", "ss=1", "S=1"] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        }
        let relayed = session_cookies(&headers, &Credential::cookie("s=old; s=older"));
        assert_eq!(relayed, ["s=new; Path=/"]);
        assert!(relayed.iter().all(HeaderValue::is_sensitive));
        let jwt = Credential::jwt("s=old").with_session(Some(Credential::cookie("s=old")));
        for other in [Credential::session_token("s=old"), jwt] {
            assert!(session_cookies(&headers, &other).is_empty(), "{other:?}");
        }
    }
}
