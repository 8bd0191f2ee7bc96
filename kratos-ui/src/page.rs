//! A page, ready to be sent.

use std::fmt;

use crate::html::Html;

/// A number used once: it marks the scripts of one answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// A new one, of 122 random bits.
    #[must_use]
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// One that your framework made, for example for a policy of its own; `None` unless it is 1 to 128
    /// characters of base64.
    #[must_use]
    pub fn new(nonce: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
        let fits = (1..=128).contains(&nonce.len()) && nonce.bytes().all(plain);
        fits.then(|| Self(nonce.to_owned()))
    }

    /// The nonce, as in `<script nonce>`.
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

/// A page, ready to be sent: the HTML, and the headers that belong to it. `Debug` shows neither.
#[derive(Clone)]
#[must_use = "a page has to be sent"]
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
    /// The document.
    #[must_use]
    pub fn html(&self) -> &str {
        self.html.as_str()
    }

    /// The document.
    #[must_use]
    pub fn into_html(self) -> String {
        self.html.into_string()
    }

    /// The value of `Content-Security-Policy`: nothing but the page's own stylesheets and images, and scripts
    /// with the page's nonce.
    #[must_use]
    pub fn content_security_policy(&self) -> &str {
        &self.policy
    }

    /// Every header of the answer, by name: content type and policy; `no-store`, since the page holds a CSRF
    /// token; `nosniff`; and no referrer to other sites, since the page's URL holds the flow's id.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, &str); 5] {
        [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", &self.policy),
            ("cache-control", "private, no-store"),
            ("x-content-type-options", "nosniff"),
            // Kratos compares the Origin or Referer of what a form sends over https, so not `no-referrer`.
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ]
    }
}
