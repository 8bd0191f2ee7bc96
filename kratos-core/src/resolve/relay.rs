//! Which cookies of a whoami answer reach the browser.

use http::{HeaderMap, HeaderValue, header};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use crate::credential::{Credential, CredentialKind, cookie};

/// The `Set-Cookie` lines that re-issue the very cookie that was shown, byte for byte.
///
/// A line that deletes it stays here: whether there is a session is for the caller to say, and signing out is
/// nothing that a question does. All others stay here too: 0.6 and 0.7 set a fresh CSRF cookie on whoami, and a browser that got it would lose
/// the one that its open form needs (integration contract §1.3, trap 6). A cookie of another name could not be
/// the session's.
pub(crate) fn session_cookies(headers: &HeaderMap, credential: &Credential) -> Vec<HeaderValue> {
    if credential.kind() != CredentialKind::Cookie {
        return Vec::new();
    }
    let Some((_, shown)) = credential.to_header() else { return Vec::new() };
    let name = cookie::name_of(shown.as_bytes());
    let lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines
        .filter(|line| cookie::name_of(line.as_bytes()) == name && !deletes(line.as_bytes()))
        .map(sensitive)
        .collect()
}

/// Whether a browser drops the cookie when it reads this line: no value, or no time left (RFC 6265 §5.2).
fn deletes(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let mut parts = line.split(';').map(|part| part.split_once('=').unwrap_or((part, "")));
    let is_empty = parts.next().is_none_or(|(_, value)| value.trim().trim_matches('"').is_empty());
    is_empty
        || parts.any(|(name, value)| match name.trim().to_ascii_lowercase().as_str() {
            "max-age" => value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0),
            "expires" => OffsetDateTime::parse(value.trim(), &Rfc2822)
                .is_ok_and(|date| date <= OffsetDateTime::now_utc()),
            _ => false,
        })
}

fn sensitive(line: &HeaderValue) -> HeaderValue {
    let mut line = line.clone();
    line.set_sensitive(true);
    line
}

#[cfg(test)]
mod tests {
    use super::deletes;

    #[test]
    fn a_line_that_deletes_is_known_in_every_spelling() {
        for line in [
            "s=",
            "s=; Path=/",
            "s=\"\"",
            "s",
            "",
            "s=a; Max-Age=0",
            "s=a; max-age=-1; Path=/",
            "s=a; Path=/; MAX-AGE = 0",
            "s=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ] {
            assert!(deletes(line.as_bytes()), "{line}");
        }
        for line in [
            "s=a",
            "s=a=; Path=/; HttpOnly",
            "s=a; Max-Age=86400",
            "s=Max-Age; Max-Age=x",
            "s=a; Expires=Fri, 01 Jan 2199 00:00:00 GMT",
        ] {
            assert!(!deletes(line.as_bytes()), "{line}");
        }
    }
}
