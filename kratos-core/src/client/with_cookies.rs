//! A value together with the cookies to relay to the browser.

use http::{HeaderMap, HeaderValue, header};

/// The value of a call for a browser, with the cookies to relay to this browser.
///
/// Taking the value requires a decision about the cookies: [`relay`](Self::relay), [`into_parts`](Self::into_parts) or
/// [`drop_cookies`](Self::drop_cookies). A browser that does not receive them cannot submit its flow, or stays signed out.
///
/// `Debug` shows the names of headers only: a URL in them may contain a one-time token.
#[must_use = "the browser needs the cookies of this response"]
#[derive(Clone)]
pub struct WithCookies<T> {
    value: T,
    cookies: RelayCookies,
    headers: HeaderMap,
}

impl<T: std::fmt::Debug> std::fmt::Debug for WithCookies<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        let mut debug = f.debug_struct("WithCookies");
        debug.field("value", &self.value).field("cookies", &self.cookies).field("headers", &headers).finish()
    }
}

impl<T> WithCookies<T> {
    pub(super) fn new(value: T, cookies: RelayCookies, mut headers: HeaderMap) -> Self {
        headers.remove(header::SET_COOKIE);
        Self { value, cookies, headers }
    }

    /// Appends the cookies to the headers of the response to the browser and returns the value.
    pub fn relay(self, to: &mut HeaderMap) -> T {
        self.cookies.append_to(to);
        self.value
    }

    /// Returns the value and the cookies.
    pub fn into_parts(self) -> (T, RelayCookies) {
        (self.value, self.cookies)
    }

    /// Returns the value and drops the cookies. Correct only if no browser needs them.
    pub fn drop_cookies(self) -> T {
        self.value
    }

    /// Returns a reference to the value.
    pub fn peek(&self) -> &T {
        &self.value
    }

    /// Returns the cookies to relay.
    pub fn cookies(&self) -> &RelayCookies {
        &self.cookies
    }

    /// Returns the other headers of the response, for example `Ory-Session-Cache-For` or `X-Kratos-Authenticated-Identity-Id`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Prepends the cookies of an earlier response.
    pub(super) fn after(mut self, earlier: RelayCookies) -> Self {
        self.cookies = earlier.and(self.cookies);
        self
    }

    /// Maps the value and keeps cookies and headers.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> WithCookies<U> {
        WithCookies { value: change(self.value), cookies: self.cookies, headers: self.headers }
    }
}

/// `Set-Cookie` lines to relay to the browser, unchanged. `Debug` shows their number only.
#[must_use = "the browser needs these cookies"]
#[derive(Clone, Default)]
pub struct RelayCookies(Vec<HeaderValue>);

/// Which `Set-Cookie` lines of a response are relayed to the browser.
#[derive(Clone, Debug)]
pub(super) enum RelayRule {
    /// All: the call creates or submits a flow, or signs the browser out.
    All,
    /// All on success: a failed read sets a new CSRF cookie, which would invalidate the flow in use.
    OnSuccess,
    /// None: the call is not made for a browser.
    None,
}

impl RelayCookies {
    pub(super) fn new(mut lines: Vec<HeaderValue>) -> Self {
        lines.iter_mut().for_each(|line| line.set_sensitive(true));
        Self(lines)
    }

    pub(super) fn by(rule: &RelayRule, success: bool, headers: &HeaderMap) -> Self {
        match rule {
            RelayRule::All => Self::all(headers),
            RelayRule::OnSuccess if success => Self::all(headers),
            RelayRule::OnSuccess | RelayRule::None => Self::default(),
        }
    }

    fn all(headers: &HeaderMap) -> Self {
        Self::new(headers.get_all(header::SET_COOKIE).into_iter().cloned().collect())
    }

    pub(super) fn and(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }

    /// Appends each line as a `Set-Cookie` header and keeps those that are present.
    pub fn append_to(&self, headers: &mut HeaderMap) {
        for line in &self.0 {
            headers.append(header::SET_COOKIE, line.clone());
        }
    }

    /// Iterates over the lines.
    pub fn iter(&self) -> impl Iterator<Item = &HeaderValue> {
        self.0.iter()
    }

    /// Returns whether there are no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for RelayCookies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayCookies({})", self.0.len())
    }
}
