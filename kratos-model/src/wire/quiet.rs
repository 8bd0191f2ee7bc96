//! Text that `Debug` hides.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Blank, FromText};

/// Text to show to the user and keep out of logs: it may quote input or hold a secret (a TOTP key, a QR code, a
/// code in a URL). Dereferences to `str`; `Debug` shows only the length.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuietText(String);

impl QuietText {
    /// Returns the text.
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

impl PartialEq<&str> for QuietText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl FromText for QuietText {
    fn from_text<E: serde::de::Error>(text: &str) -> Result<Self, E> {
        Ok(Self::from(text))
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

/// Formats a URL without its query and fragment, which may hold a code or another URL.
pub struct QuietUrl<'a>(pub &'a Url);

impl fmt::Debug for QuietUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(url) = self;
        let more = if url.query().or(url.fragment()).is_some() { "?…" } else { "" };
        write!(f, "{}{}{more}", url.origin().ascii_serialization(), url.path())
    }
}

/// Returns whether `Debug` hides a field, by its name on the wire: URLs whose query may hold secrets, and internal
/// details of Kratos.
// The lint does not count uses in implementations that are marked as derived.
#[allow(dead_code)]
pub(crate) fn is_quiet(field: &str) -> bool {
    matches!(field, "debug" | "details" | "redirect_browser_to" | "return_to")
}
