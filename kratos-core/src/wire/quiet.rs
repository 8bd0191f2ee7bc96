//! Text that is for showing to its reader, and not for logs.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};

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
