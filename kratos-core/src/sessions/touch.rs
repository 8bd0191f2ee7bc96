//! What a response needs because of the session.

use http::{HeaderName, HeaderValue, header};

use crate::credential::{HeaderLookup, cookie};

/// What a response needs because a session was asked for: cookies to relay, and marks that keep it private.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ResponseTouch {
    cookies: Vec<HeaderValue>,
    personal: bool,
    flow: bool,
}

impl ResponseTouch {
    pub(super) fn new(cookies: Vec<HeaderValue>, personal: bool, flow: bool) -> Self {
        Self { cookies, personal, flow }
    }

    /// The headers to append to a response that has these already.
    ///
    /// - `Set-Cookie` as Kratos re-issued the session cookie, unless the response sets that cookie itself (a
    ///   logout does, and must win).
    /// - When anything asked for the session, even when nobody was signed in: `Vary` on the credentials, and
    ///   `Cache-Control: private` unless the response says how it may be stored.
    /// - When it shows a self-service flow: `Cache-Control: no-store` in its place, for the form holds a CSRF token
    ///   and the back button must not bring an old one.
    pub fn headers(&self, response: &impl HeaderLookup) -> Vec<(HeaderName, HeaderValue)> {
        let mut headers = Vec::new();
        for line in &self.cookies {
            let name = cookie::name_of(line.as_bytes());
            if !response.values("set-cookie").any(|other| cookie::name_of(other) == name) {
                headers.push((header::SET_COOKIE, line.clone()));
            }
        }
        if self.personal || self.flow {
            headers.push((header::VARY, HeaderValue::from_static("cookie, authorization, x-session-token")));
            if response.values("cache-control").next().is_none() {
                headers.push((
                    header::CACHE_CONTROL,
                    HeaderValue::from_static(if self.flow { "no-store" } else { "private" }),
                ));
            }
        }
        headers
    }
}
