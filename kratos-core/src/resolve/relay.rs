//! Which cookies of a whoami answer reach the browser.

use http::{HeaderMap, HeaderValue, header};

use crate::credential::{Credential, CredentialKind, cookie};

/// The `Set-Cookie` lines that re-issue the very cookie that was shown, byte for byte.
///
/// All others stay here: 0.6 and 0.7 set a fresh CSRF cookie on whoami, and a browser that got it would lose
/// the one that its open form needs (integration contract §1.3, trap 6). A cookie of another name could not be
/// the session's.
pub(crate) fn session_cookies(headers: &HeaderMap, credential: &Credential) -> Vec<HeaderValue> {
    if credential.kind() != CredentialKind::Cookie {
        return Vec::new();
    }
    let Some((_, shown)) = credential.to_header() else { return Vec::new() };
    let name = cookie::name_of(shown.as_bytes());
    let lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines.filter(|line| cookie::name_of(line.as_bytes()) == name).map(sensitive).collect()
}

fn sensitive(line: &HeaderValue) -> HeaderValue {
    let mut line = line.clone();
    line.set_sensitive(true);
    line
}
