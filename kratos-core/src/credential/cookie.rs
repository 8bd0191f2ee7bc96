//! Session cookies in a raw `Cookie` header.

use memchr::memchr;

/// The name of a session cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CookieName {
    /// Exactly this name: `session.cookie.name` of Kratos' configuration (default `ory_kratos_session`).
    Exact(String),
    /// Every name that begins so: the Ory Network's `ory_session_<project>`.
    Prefix(String),
}

impl CookieName {
    /// Whether a cookie of this name is meant. Cookie names are case-sensitive.
    #[must_use]
    pub fn matches(&self, name: &[u8]) -> bool {
        match self {
            Self::Exact(exact) => name == exact.as_bytes(),
            Self::Prefix(prefix) => name.len() > prefix.len() && name.starts_with(prefix.as_bytes()),
        }
    }
}

impl From<&str> for CookieName {
    /// An exact name; one that ends in `*` is a prefix.
    fn from(name: &str) -> Self {
        match name.strip_suffix('*') {
            Some(prefix) => Self::Prefix(prefix.to_owned()),
            None => Self::Exact(name.to_owned()),
        }
    }
}

/// The pairs `name=value` of a `Cookie` header, as bytes, nothing decoded: Kratos refuses a value whose `=`
/// became `%3D` (integration contract §1.1).
pub(super) fn pairs(header: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = Some(header);
    let parts = std::iter::from_fn(move || {
        let part = rest?;
        let (part, after) = match memchr(b';', part).and_then(|end| part.split_at_checked(end)) {
            Some((part, after)) => (part, after.get(1..)),
            None => (part, None),
        };
        rest = after;
        Some(part)
    });
    parts.filter_map(|part| {
        let pair = part.trim_ascii();
        let name = pair.get(..memchr(b'=', pair)?)?;
        // A pair without `=`, without a name or without a value is no session.
        (!name.is_empty() && pair.len() > name.len() + 1).then_some((name, pair))
    })
}

/// The name in `name=value…` of a `Cookie` pair or a `Set-Cookie` line.
pub(crate) fn name_of(line: &[u8]) -> &[u8] {
    line.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii()
}
