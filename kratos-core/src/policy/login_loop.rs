//! Breaking the loop between application and login.
//!
//! When the session cookie cannot reach the application (another domain; `localhost` against `127.0.0.1`) or
//! Kratos cannot read its own sessions, Kratos' login says "signed in already" and sends the browser straight
//! back, for ever. A short-lived cookie counts the redirects from one page; a person at a login form is slower.

use std::hash::Hasher as _;

use http::HeaderValue;
use siphasher::sip::SipHasher13;

use super::request::RequestView;
use crate::credential::HeaderLookup;

/// The cookie: `COUNT.PAGE`.
const COOKIE: &str = "kratos_login_hops";
/// The redirects from one page that are not yet a loop.
const MOST_HOPS: u8 = 4;
/// How long after a redirect it still counts.
const SECONDS: u8 = 10;

/// The redirects from this page so far, and this one.
pub(crate) struct Hop {
    count: u8,
    page: u32,
}

impl Hop {
    /// For a page whose whole URL names it.
    pub(super) fn of<H: HeaderLookup>(request: &RequestView<'_, H>) -> Self {
        Self::from(request, request.path_and_query())
    }

    /// For a self-service page, which comes back with another flow each time.
    pub(crate) fn of_flow_page<H: HeaderLookup>(request: &RequestView<'_, H>) -> Self {
        let path = request.path_and_query();
        Self::from(request, path.split_once('?').map_or(path, |(path, _)| path))
    }

    fn from<H: HeaderLookup>(request: &RequestView<'_, H>, page: &str) -> Self {
        let mut hasher = SipHasher13::new();
        hasher.write(page.as_bytes());
        let page = u32::try_from(hasher.finish() >> 32).unwrap_or_default();
        let before = request.cookie(COOKIE).and_then(|value| {
            let (count, seen) = value.split_once('.')?;
            (u32::from_str_radix(seen, 16) == Ok(page)).then(|| count.parse::<u8>().unwrap_or_default())
        });
        Self { count: before.unwrap_or_default().saturating_add(1), page }
    }

    /// Whether the browser came back too often, too fast.
    pub(crate) fn is_loop(&self) -> bool {
        self.count > MOST_HOPS
    }

    /// The `Set-Cookie` line that remembers this redirect.
    pub(crate) fn remember(&self, https: bool) -> Option<HeaderValue> {
        let secure = if https { "; Secure" } else { "" };
        let line = format!(
            "{COOKIE}={}.{:x}; Path=/; Max-Age={SECONDS}; HttpOnly; SameSite=Lax{secure}",
            self.count, self.page
        );
        HeaderValue::try_from(line).ok()
    }
}
