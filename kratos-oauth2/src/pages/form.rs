//! The fields of a posted form.

use std::borrow::Cow;

/// The longest body of a form that is read, in bytes. A challenge of Hydra 26.2.0 has some 2,500.
pub const FORM_LIMIT: usize = 64 * 1024;
const MOST_FIELDS: usize = 512;

pub(super) struct PostedForm<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> PostedForm<'a> {
    pub(super) fn read(body: &'a [u8]) -> Self {
        let body = if body.len() <= FORM_LIMIT { body } else { b"" };
        Self(url::form_urlencoded::parse(body).take(MOST_FIELDS).collect())
    }

    /// Returns the value of a field; empty if it is absent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Returns whether a checkbox is checked: it follows a hidden `false` of its name.
    pub(super) fn is_checked(&self, name: &str) -> bool {
        self.0.iter().any(|(known, value)| known == name && value == "true")
    }
}
