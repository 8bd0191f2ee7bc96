//! Text that is for showing to its reader, and not for logs.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use url::Url;

use super::Blank;

/// Text that may quote what somebody typed, or hold a secret to enrol (a TOTP key, a QR code, a token in a
/// URL). It is used like a `str`; only `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuietText(String);

impl QuietText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for QuietText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for QuietText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for QuietText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for QuietText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl PartialEq<str> for QuietText {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for QuietText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl Blank for QuietText {
    fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for QuietText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for QuietText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// A URL as `Debug` may show it: what follows the path can hold a code, a token, or the address of a page that does.
pub struct QuietUrl<'a>(pub &'a Url);

impl fmt::Debug for QuietUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(url) = self;
        let more = if url.query().or(url.fragment()).is_some() { "?…" } else { "" };
        write!(f, "{}{}{more}", url.origin().ascii_serialization(), url.path())
    }
}

/// Fields of models that `Debug` hides, by their names on the wire: addresses with whatever their query holds, and what
/// Kratos quotes of its insides.
pub(crate) fn is_quiet(field: &str) -> bool {
    matches!(field, "debug" | "details" | "redirect_browser_to" | "return_to")
}
