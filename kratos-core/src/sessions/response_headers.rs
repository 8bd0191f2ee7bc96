//! What a response needs because of the session.

use std::vec;

use http::{HeaderName, HeaderValue, header};

use crate::credential::{HeaderLookup, cookie};

/// What a response needs because a session was asked for: cookies to relay, and marks that keep it private.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ResponseHeaders {
    cookies: Vec<HeaderValue>,
    personal: bool,
    flow: bool,
}

impl ResponseHeaders {
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
    pub fn headers(&self, response: &impl HeaderLookup) -> ResponseHeadersIter {
        let mut cookies = self.cookies.clone();
        cookies.retain(|line| {
            let name = cookie::name_of(line.as_bytes());
            !response.values("set-cookie").any(|other| cookie::name_of(other) == name)
        });
        let marked = self.personal || self.flow;
        let stored = marked && response.values("cache-control").next().is_none();
        ResponseHeadersIter {
            cookies: cookies.into_iter(),
            vary: marked.then_some(&VARY),
            storing: stored.then_some(if self.flow { &NO_STORE } else { &PRIVATE }),
        }
    }

    /// Whether there is anything to append to a response that has no headers yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty() && !self.personal && !self.flow
    }
}

/// The headers of a [`ResponseHeaders`].
#[derive(Debug)]
pub struct ResponseHeadersIter {
    cookies: vec::IntoIter<HeaderValue>,
    vary: Option<&'static HeaderValue>,
    storing: Option<&'static HeaderValue>,
}

impl Iterator for ResponseHeadersIter {
    type Item = (HeaderName, HeaderValue);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(line) = self.cookies.next() {
            return Some((header::SET_COOKIE, line));
        }
        if let Some(vary) = self.vary.take() {
            return Some((header::VARY, vary.clone()));
        }
        self.storing.take().map(|storing| (header::CACHE_CONTROL, storing.clone()))
    }
}

static VARY: HeaderValue = HeaderValue::from_static("cookie, authorization, x-session-token");
static PRIVATE: HeaderValue = HeaderValue::from_static("private");
static NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
