//! An answer and the cookies that came with it.

use http::{HeaderMap, HeaderValue, header};

/// What a call for a browser brought, and the cookies that this browser has to get.
///
/// The value can only be had by saying what becomes of the cookies: [`relay`](Self::relay) them,
/// [`into_parts`](Self::into_parts), or [`drop_cookies`](Self::drop_cookies) on purpose. A browser that does
/// not get them cannot submit its flow, or stays signed out.
///
/// `Debug` shows headers by name alone: an address in them may hold a token.
#[must_use = "the browser needs the cookies that came with this answer"]
#[derive(Clone)]
pub struct WithCookies<T> {
    value: T,
    cookies: RelayCookies,
    headers: HeaderMap,
}

impl<T: std::fmt::Debug> std::fmt::Debug for WithCookies<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        let mut shown = f.debug_struct("Answer");
        shown.field("value", &self.value).field("cookies", &self.cookies).field("headers", &headers).finish()
    }
}

impl<T> WithCookies<T> {
    pub(super) fn new(value: T, cookies: RelayCookies, mut headers: HeaderMap) -> Self {
        headers.remove(header::SET_COOKIE);
        Self { value, cookies, headers }
    }

    /// Appends the cookies to the headers of your own answer to the browser, and gives the value.
    pub fn relay(self, to: &mut HeaderMap) -> T {
        self.cookies.append_to(to);
        self.value
    }

    /// The value, and the cookies for the browser.
    pub fn into_parts(self) -> (T, RelayCookies) {
        (self.value, self.cookies)
    }

    /// The value alone. The browser's cookies stay as they were: right only if no browser waits for them.
    pub fn drop_cookies(self) -> T {
        self.value
    }

    /// A look at the value.
    pub fn peek(&self) -> &T {
        &self.value
    }

    /// The cookies for the browser.
    pub fn cookies(&self) -> &RelayCookies {
        &self.cookies
    }

    /// The other headers of the answer, for example `Ory-Session-Cache-For` or `X-Kratos-Authenticated-Identity-Id`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The same answer with the cookies of an earlier one before its own.
    pub(super) fn after(mut self, earlier: RelayCookies) -> Self {
        self.cookies = earlier.and(self.cookies);
        self
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> WithCookies<U> {
        WithCookies { value: change(self.value), cookies: self.cookies, headers: self.headers }
    }
}

/// `Set-Cookie` lines for the browser, byte for byte, one header each. `Debug` hides them.
#[must_use = "the browser needs these cookies"]
#[derive(Clone, Default)]
pub struct RelayCookies(Vec<HeaderValue>);

/// Which `Set-Cookie` lines of an answer the browser gets (integration contract §1.3, trap 6).
#[derive(Clone, Debug)]
pub(super) enum RelayRule {
    /// All: a flow was made or submitted, a browser signs out.
    All,
    /// All if it worked: a failed read brings a fresh CSRF cookie that would spoil the one in use.
    OnSuccess,
    /// None: no browser waits, or only tokens were shown.
    None,
}

impl RelayCookies {
    pub(super) fn by(rule: &RelayRule, success: bool, headers: &HeaderMap) -> Self {
        match rule {
            RelayRule::All => Self::all(headers),
            RelayRule::OnSuccess if success => Self::all(headers),
            RelayRule::OnSuccess | RelayRule::None => Self::default(),
        }
    }

    fn all(headers: &HeaderMap) -> Self {
        Self::from(headers.get_all(header::SET_COOKIE).into_iter().cloned().collect::<Vec<_>>())
    }

    pub(super) fn and(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }

    /// Appends each as a `Set-Cookie` header of its own, which replaces none that is there.
    pub fn append_to(&self, headers: &mut HeaderMap) {
        for line in &self.0 {
            headers.append(header::SET_COOKIE, line.clone());
        }
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &HeaderValue> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<HeaderValue>> for RelayCookies {
    fn from(mut lines: Vec<HeaderValue>) -> Self {
        lines.iter_mut().for_each(|line| line.set_sensitive(true));
        Self(lines)
    }
}

impl std::fmt::Debug for RelayCookies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayCookies({})", self.0.len())
    }
}
