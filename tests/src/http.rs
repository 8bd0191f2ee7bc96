//! A plain HTTP client for the suites: no redirects, no proxy, and only the cookies that a suite passes.

use ::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use cookie::Cookie;
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// The client of the test process. It follows no redirects and stores no cookies.
///
/// # Panics
/// If the client cannot be built.
pub fn client() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // Each test has its own runtime: a pooled connection would outlive the runtime that opened it.
            .pool_max_idle_per_host(0)
            .timeout(Duration::from_secs(20))
            .build()
            .expect("an HTTP client")
    })
}

/// SQLite's error when a concurrent write waits too long.
const LOCKED_TEXT: &[u8] = b"database is locked";

thread_local! {
    static LOCKED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a server's store was locked during a request of this thread since [`forget_locked_store`].
#[must_use]
pub fn store_was_locked() -> bool {
    LOCKED.get()
}

/// Resets [`store_was_locked`].
pub fn forget_locked_store() {
    LOCKED.set(false);
}

/// A complete response.
#[derive(Clone)]
pub struct Answer {
    /// The request, for messages.
    pub asked: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub body: Bytes,
}

impl Answer {
    /// Sends a request and reads the whole response.
    ///
    /// # Panics
    /// If the server does not answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let request = request.build().expect("a request");
        let asked = format!("{} {}", request.method(), request.url());
        let answer = client().execute(request).await.unwrap_or_else(|error| {
            // Kratos closes a connection when the answer exceeds its write timeout, as when its store is locked.
            LOCKED.set(LOCKED.get() || error.is_request() && !error.is_connect());
            panic!("{asked}: {error:?}")
        });
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.expect("a body");
        LOCKED.set(LOCKED.get() || body.windows(LOCKED_TEXT.len()).any(|part| part == LOCKED_TEXT));
        Self { asked, status, headers, body }
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {self:?}"))
    }

    /// The `Location` header.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header(header::LOCATION.as_str()).unwrap_or_else(|| panic!("no Location: {self:?}"))
    }

    /// The header's value, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The header's lines that are text, joined by commas: 1.0 sends a `Link` for each page.
    #[must_use]
    pub fn header_lines(&self, name: &str) -> String {
        let lines: Vec<_> =
            self.headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok()).collect();
        lines.join(",")
    }

    /// Returns the response if its status is one of these.
    ///
    /// # Panics
    /// If the status is another.
    #[must_use]
    pub fn expect(self, statuses: &[u16]) -> Self {
        assert!(statuses.contains(&self.status.as_u16()), "wanted {statuses:?}: {self:?}");
        self
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.asked, self.status)?;
        if let Some(location) = self.header("location") {
            write!(f, " to {location}")?;
        }
        write!(f, " {}", String::from_utf8_lossy(&self.body))
    }
}

/// The cookies of one browser, byte for byte and in the order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jar(Vec<(String, String)>);

impl Jar {
    /// Stores the cookies that a response sets, and removes those that it deletes.
    ///
    /// # Panics
    /// If a `Set-Cookie` line cannot be parsed.
    pub fn absorb(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a Set-Cookie line of text");
            let cookie = Cookie::parse(line).expect("a Set-Cookie line");
            self.0.retain(|(name, _)| name != cookie.name());
            let expired = cookie.max_age().is_some_and(|age| !age.is_positive());
            if !expired && !cookie.value().is_empty() {
                self.0.push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
    }

    /// The value of a `Cookie` header, if there are cookies.
    #[must_use]
    pub fn header(&self) -> Option<String> {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The value of a cookie.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Adds a cookie, or replaces the one of the same name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Sends a request with these cookies and stores those of the response.
    pub async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let request = match self.header() {
            Some(cookies) => request.header(header::COOKIE, cookies),
            None => request,
        };
        let answer = Answer::of(request).await;
        self.absorb(&answer.headers);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (header::SET_COOKIE, line.parse().unwrap())).collect()
    }

    #[test]
    fn jar_keeps_raw_values_replaces_and_deletes() {
        let mut jar = Jar::default();
        jar.absorb(&set(&["a=x/+=; Path=/; HttpOnly", "b=%3D; Max-Age=60"]));
        assert_eq!(jar.header().as_deref(), Some("a=x/+=; b=%3D"));
        jar.absorb(&set(&["a=y", "b=; Max-Age=0"]));
        assert_eq!(jar.header().as_deref(), Some("a=y"));
        jar.absorb(&set(&["a=z; Max-Age=-1"]));
        assert_eq!(jar.header(), None);
    }
}
