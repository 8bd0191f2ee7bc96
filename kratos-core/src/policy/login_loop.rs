//! The loop breaker between application and login.
//!
//! When the session cookie cannot reach the application (another domain; `localhost` against `127.0.0.1`), or Kratos
//! cannot read its own sessions, Kratos' login answers "already signed in" and redirects straight back, without end. A
//! short-lived cookie counts the redirects from a page; a user at a login form is slower than the count expires.
//!
//! A redirect of a page counts as a round. A prefetch does not count, and a login page that the application shows ends
//! the count.

use std::hash::Hasher as _;

use http::HeaderValue;
use siphasher::sip::SipHasher13;

use super::request::RequestView;
use crate::{credential::HeaderLookup, work};

/// The cookie: up to [`PAGES`] entries `COUNT.PAGE`, the newest first.
const COOKIE: &str = "kratos_login_hops";
/// The same where browsers reach the application by https: no other host, path or plain `http` can set it.
const HOST_COOKIE: &str = "__Host-kratos_login_hops";
/// The redirects from one page that are not yet a loop.
const MOST_HOPS: u8 = 4;
/// The same for a page that shows a self-service flow: it returns with another flow each time and never needs two.
const MOST_FLOW_HOPS: u8 = 2;
/// The pages that are counted at a time, so that two pages that redirect in turn are a loop too.
const PAGES: usize = 4;
/// The seconds for which a redirect counts.
const SECONDS: u8 = 10;

/// The key that page names are hashed with, so that a caller cannot choose colliding pages.
pub(crate) type HopKey = [u64; 2];

/// The redirects from this page so far, this one included.
pub(crate) struct Hop {
    /// Page and count, this page first.
    pages: Vec<(u32, u8)>,
    most: u8,
    counts: bool,
}

impl Hop {
    /// The count of a guarded page, which its whole URL names. A page with a flow or a `return_to` in its query is named
    /// by its path: both change in each round when a guard covers a self-service page.
    pub(super) fn of<H: HeaderLookup>(request: &RequestView<'_, H>, key: HopKey) -> Self {
        let of_flow = request.query("flow").is_some() || request.query("return_to").is_some();
        match of_flow {
            true => Self { most: MOST_FLOW_HOPS, ..Self::of_flow_page(request, key) },
            false => Self::from(request, request.path_and_query(), key),
        }
    }

    /// The count of a self-service page, which its path names: for an OAuth2 login together with the challenge, since a user
    /// with a session passes the login page of each client without seeing it.
    pub(crate) fn of_flow_page<H: HeaderLookup>(request: &RequestView<'_, H>, key: HopKey) -> Self {
        match request.query("login_challenge") {
            Some(challenge) => Self::from(request, &format!("{}?{challenge}", request.path()), key),
            None => Self::from(request, request.path(), key),
        }
    }

    fn from<H: HeaderLookup>(request: &RequestView<'_, H>, page: &str, [a, b]: HopKey) -> Self {
        let mut hasher = SipHasher13::new_with_keys(a, b);
        work::add(page.len());
        hasher.write(page.as_bytes());
        let page = u32::try_from(hasher.finish() >> 32).unwrap_or_default();
        let value = request.cookie(HOST_COOKIE).or_else(|| request.cookie(COOKIE)).unwrap_or_default();
        let entries = value.split('_').take(PAGES).filter_map(|entry| {
            let (count, page) = entry.split_once('.')?;
            Some((u32::from_str_radix(page, 16).ok()?, count.parse::<u8>().ok()?))
        });
        let (same, others): (Vec<_>, Vec<_>) = entries.partition(|(seen, _)| *seen == page);
        let counts = !request.is_prefetch();
        let before = same.first().map_or(0, |(_, count)| *count);
        let mut pages = vec![(page, before.saturating_add(u8::from(counts)))];
        pages.extend(others.into_iter().take(PAGES - 1));
        Self { pages, most: MOST_HOPS, counts }
    }

    /// Whether the browser returned too often, too fast.
    pub(crate) fn is_loop(&self) -> bool {
        self.pages.first().is_some_and(|(_, count)| *count > self.most)
    }

    /// The `Set-Cookie` line that records this redirect; `None` for a prefetch.
    pub(crate) fn remember(&self, https: bool) -> Option<HeaderValue> {
        let pages: Vec<String> = self.pages.iter().map(|(page, count)| format!("{count}.{page:x}")).collect();
        self.counts.then(|| line(&pages.join("_"), SECONDS, https)).flatten()
    }

    /// The `Set-Cookie` line that ends the count, for a request that carries one.
    pub(crate) fn end<H: HeaderLookup>(request: &RequestView<'_, H>, https: bool) -> Option<HeaderValue> {
        let name = if https { HOST_COOKIE } else { COOKIE };
        request.cookie(name).and_then(|_| line("", 0, https))
    }
}

fn line(value: &str, seconds: u8, https: bool) -> Option<HeaderValue> {
    let (name, secure) = if https { (HOST_COOKIE, "; Secure") } else { (COOKIE, "") };
    HeaderValue::try_from(format!(
        "{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

#[cfg(test)]
mod tests;
