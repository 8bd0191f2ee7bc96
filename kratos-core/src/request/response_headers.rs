//! The headers that a response needs because of the session.

use std::vec;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    adapter::HeaderLookup,
    credential::{contains, cookie},
};

/// The headers that a response needs because its handler used the session: cookies to relay, and `Vary` and
/// `Cache-Control` that keep it private.
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

    /// Returns the headers to append to a response that has these already.
    ///
    /// - `Set-Cookie` as Kratos re-issued the session cookie, unless the response sets that cookie itself (a
    ///   logout does, and must win).
    /// - When the session was used, an anonymous one included: `Vary` on the credentials, and `Cache-Control: private`
    ///   unless the response has a `Cache-Control`.
    /// - When the response shows a self-service flow: `Cache-Control: no-store` instead, since the form holds a CSRF token
    ///   and the back button must not restore an old one.
    pub fn headers(&self, response: &impl HeaderLookup) -> ResponseHeadersIter {
        let storing = self.cache_control().filter(|_| response.values("cache-control").next().is_none());
        ResponseHeadersIter { cookies: self.cookies(response).into_iter(), vary: self.vary(), storing }
    }

    /// Appends the headers that [`ResponseHeaders::headers`] returns to a response of `http` 1.x.
    pub fn append_to(self, response: &mut HeaderMap) {
        // Nearly always empty, and then not cloned.
        if !self.cookies.is_empty() {
            for line in self.cookies(response) {
                response.append(header::SET_COOKIE, line);
            }
        }
        // Looked for before `Vary` is one more header to compare with.
        let storing = self.cache_control().filter(|_| !contains(response, &header::CACHE_CONTROL));
        if let Some(vary) = self.vary() {
            response.append(header::VARY, vary.clone());
        }
        if let Some(storing) = storing {
            response.append(header::CACHE_CONTROL, storing.clone());
        }
    }

    /// Returns the `Vary` line to append.
    #[must_use]
    pub fn vary(&self) -> Option<&'static HeaderValue> {
        self.is_marked().then_some(&VARY)
    }

    /// Returns the `Cache-Control` of a response that has none.
    #[must_use]
    pub fn cache_control(&self) -> Option<&'static HeaderValue> {
        self.is_marked().then_some(if self.flow { &NO_STORE } else { &PRIVATE })
    }

    fn is_marked(&self) -> bool {
        self.personal || self.flow
    }

    /// Returns the `Set-Cookie` lines to append: of cookies that the response does not set itself.
    #[must_use]
    pub fn cookies(&self, response: &impl HeaderLookup) -> Vec<HeaderValue> {
        let mut cookies = self.cookies.clone();
        cookies.retain(|line| {
            let name = cookie::name_of(line.as_bytes());
            !response.values("set-cookie").any(|other| cookie::name_of(other) == name)
        });
        cookies
    }

    /// Returns whether a response without headers needs none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty() && !self.is_marked()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    /// Both ways of adding the headers add the same.
    #[test]
    fn a_response_gets_what_its_session_needs() {
        let cookie = || vec![line("s=1; Path=/")];
        for (added, response, cookies, vary, storing) in [
            (ResponseHeaders::default(), &[][..], 0, false, None),
            (ResponseHeaders::new(cookie(), false, false), &[], 1, false, None),
            (ResponseHeaders::new(cookie(), true, false), &[], 1, true, Some("private")),
            (ResponseHeaders::new(Vec::new(), false, true), &[], 0, true, Some("no-store")),
            (ResponseHeaders::new(Vec::new(), true, true), &[], 0, true, Some("no-store")),
            (ResponseHeaders::new(cookie(), true, false), &[("cache-control", "max-age=1")], 1, true, None),
            (ResponseHeaders::new(cookie(), true, false), &[("set-cookie", "s=2")], 0, true, Some("private")),
            (ResponseHeaders::new(cookie(), true, false), &[("set-cookie", "t=2")], 1, true, Some("private")),
        ] {
            let own: HeaderMap = response
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            let is_empty = cookies == 0 && !vary && response.is_empty();
            assert_eq!(added.is_empty(), is_empty, "{added:?}");
            let listed: HeaderMap = added.headers(&own).collect();
            assert_eq!(listed.get_all("set-cookie").iter().count(), cookies, "{added:?}");
            assert_eq!(listed.contains_key("vary"), vary, "{added:?}");
            assert_eq!(
                listed.get("cache-control").map(|value| value.to_str().unwrap()),
                storing,
                "{added:?}"
            );
            let (mut appended, mut expected) = (own.clone(), own);
            added.append_to(&mut appended);
            for (name, value) in &listed {
                expected.append(name, value.clone());
            }
            assert_eq!(appended, expected);
        }
    }
}
