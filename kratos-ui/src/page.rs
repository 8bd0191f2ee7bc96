//! Rendered pages.

use std::fmt;

use crate::html::Html;

/// A nonce for the scripts of one response.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Creates a nonce of 122 random bits.
    #[must_use]
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// Wraps a nonce that the framework created. Returns `None` unless it is 1 to 128 characters of base64.
    #[must_use]
    pub fn new(nonce: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
        let fits = (1..=128).contains(&nonce.len()) && nonce.bytes().all(plain);
        fits.then(|| Self(nonce.to_owned()))
    }

    /// Returns the nonce, as in `<script nonce>`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nonce(..)")
    }
}

/// A rendered page: the HTML and the response headers. `Debug` hides both.
#[derive(Clone)]
#[must_use = "a page does nothing unless it is sent"]
pub struct Page {
    pub(crate) html: Html,
    pub(crate) policy: String,
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The policy holds the nonce.
        f.debug_struct("Page").field("html", &self.html).finish_non_exhaustive()
    }
}

impl Page {
    /// Returns the HTML document.
    #[must_use]
    pub fn html(&self) -> &str {
        self.html.as_str()
    }

    /// Returns the HTML document as a `String`.
    #[must_use]
    pub fn into_html(self) -> String {
        self.html.into_string()
    }

    /// Returns the value of `Content-Security-Policy`. It allows the page's own stylesheets and images, and scripts with
    /// the page's nonce.
    #[must_use]
    pub fn content_security_policy(&self) -> &str {
        &self.policy
    }

    /// Returns all headers of the response: content type, policy, `no-store` (the page holds a CSRF token), `nosniff`,
    /// and a referrer policy that keeps the flow's id in the URL from other sites.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, &str); 5] {
        [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", &self.policy),
            ("cache-control", "private, no-store"),
            ("x-content-type-options", "nosniff"),
            // Not `no-referrer`: Kratos checks the Origin or Referer of forms sent over https.
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ]
    }
}
