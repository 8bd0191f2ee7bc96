//! The user's request to Kratos.

use std::{collections::BTreeMap, fmt};

use kratos_model::QuietText;

/// The request that the user's browser or app sent to Kratos, as Kratos describes it.
///
/// The headers are those of `clients.web_hook.header_allowlist` (17 names by default, no `Cookie`). Cookies are never
/// here: the body of [`jsonnet`](crate::jsonnet) leaves them out, and those of another body are dropped.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct HookRequest {
    /// The method.
    pub method: String,
    /// The URL (0.10 and later).
    pub url: QuietText,
    pub(super) headers: BTreeMap<String, Vec<String>>,
}

impl HookRequest {
    /// Returns the first value of a header, whose name is compared without case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let known = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.and_then(|(_, values)| values.first()).map(String::as_str)
    }

    /// Returns the languages that the browser asks for, for a message in the user's language.
    #[must_use]
    pub fn accept_language(&self) -> Option<&str> {
        self.header("accept-language")
    }
}

impl fmt::Debug for HookRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish()
    }
}
