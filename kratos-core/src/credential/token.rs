//! Which tokens can be Kratos'.

/// Which values of a header are taken for session tokens. Everything else is somebody else's and is never sent
/// to Kratos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFormat {
    /// None: the header is not read.
    Never,
    /// `ory_st_…`, as 0.8 and later make them.
    Prefixed,
    /// `ory_st_…`, or exactly 32 letters and digits as 0.6 and 0.7 make them.
    PrefixedOrLegacy,
    /// Any visible text of up to 4096 bytes. In `Authorization` that sends tokens of other systems to Kratos,
    /// and shuts out a browser that shows a session cookie beside one.
    InsecureAny,
}

/// Longer values are not Kratos' (its tokens have 32 to 39 characters).
const LONGEST: usize = 4096;

impl TokenFormat {
    pub(super) fn accepts(self, token: &[u8]) -> bool {
        let visible = (1..=LONGEST).contains(&token.len()) && token.iter().all(u8::is_ascii_graphic);
        visible
            && match self {
                Self::Never => false,
                Self::Prefixed => is_prefixed(token),
                Self::PrefixedOrLegacy => is_prefixed(token) || is_legacy(token),
                Self::InsecureAny => true,
            }
    }
}

fn is_prefixed(token: &[u8]) -> bool {
    token.strip_prefix(b"ory_st_").is_some_and(|rest| !rest.is_empty())
}

fn is_legacy(token: &[u8]) -> bool {
    token.len() == 32 && token.iter().all(u8::is_ascii_alphanumeric)
}

/// A JWT with a whole session of many traits has some KB; servers take headers of 8 to 16 KB.
const LONGEST_JWT: usize = 16 * 1024;

/// Whether this can be a signed JWT: it begins as a JSON object does in base64url, and has three parts. What is in
/// them is for whoever checks it.
pub(super) fn is_jwt(token: &[u8]) -> bool {
    token.len() <= LONGEST_JWT && token.starts_with(b"eyJ") && memchr::memchr_iter(b'.', token).count() == 2
}
