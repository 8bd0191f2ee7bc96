//! Distinguishes Kratos' session tokens and JWTs from foreign ones by their form.

use crate::work;

/// The header values that count as session tokens. All others are ignored and never sent to Kratos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFormat {
    /// None: the header is not read.
    Never,
    /// `ory_st_…`, as issued by 0.13 and later.
    Prefixed,
    /// `ory_st_…`, or exactly 32 letters and digits as issued up to 0.11 (0.6.3, 0.7.6, 0.8.2, 0.9.0, 0.10.1 and 0.11.1 were observed).
    PrefixedOrLegacy,
    /// Any visible ASCII text of up to 4096 bytes. In `Authorization`, this sends foreign tokens to Kratos, and a
    /// foreign token takes precedence over the session cookie beside it.
    InsecureAny,
}

/// The longest accepted session token, in bytes. Kratos' own have 32 to 39.
const LONGEST: usize = 4096;

impl TokenFormat {
    pub(super) fn accepts(self, token: &[u8]) -> bool {
        if self == Self::Never || !(1..=LONGEST).contains(&token.len()) {
            return false;
        }
        // By prefix first: a JWT in the same header is long.
        let has_form = match self {
            Self::Never => false,
            Self::Prefixed => is_prefixed(token),
            Self::PrefixedOrLegacy => is_prefixed(token) || is_legacy(token),
            Self::InsecureAny => true,
        };
        work::add(if has_form { token.len() } else { 0 });
        has_form && token.iter().all(u8::is_ascii_graphic)
    }
}

fn is_prefixed(token: &[u8]) -> bool {
    token.strip_prefix(b"ory_st_").is_some_and(|rest| !rest.is_empty())
}

fn is_legacy(token: &[u8]) -> bool {
    token.len() == 32 && token.iter().all(u8::is_ascii_alphanumeric)
}

/// The longest accepted JWT, in bytes. One that holds a session with many traits has some KB; servers accept headers
/// of 8 to 16 KB.
const LONGEST_JWT: usize = 16 * 1024;

/// Whether this has the form of a signed JWT: three parts, the first of which begins like a JSON object in base64url.
/// The resolver checks the rest.
pub(super) fn is_jwt(token: &[u8]) -> bool {
    if token.len() > LONGEST_JWT || !token.starts_with(b"eyJ") {
        return false;
    }
    work::add(token.len());
    memchr::memchr_iter(b'.', token).take(3).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_accepted_up_to_a_size() {
        let formats = [TokenFormat::Prefixed, TokenFormat::PrefixedOrLegacy, TokenFormat::InsecureAny];
        for (bytes, accepted) in [(8, true), (LONGEST, true), (LONGEST + 1, false)] {
            let token = format!("{:x<bytes$}", "ory_st_");
            for format in formats {
                assert_eq!(format.accepts(token.as_bytes()), accepted, "{format:?} of {bytes}");
            }
            assert!(!TokenFormat::Never.accepts(token.as_bytes()));
        }
        for format in formats {
            assert!(!format.accepts(b"") && !format.accepts(b"ory_st_ a") && !format.accepts(b"ory_st_\xff"));
        }
        for (bytes, is_jwt) in [(LONGEST_JWT, true), (LONGEST_JWT + 1, false)] {
            let jwt = format!("{:x<bytes$}", "eyJ.a.");
            assert_eq!(super::is_jwt(jwt.as_bytes()), is_jwt, "{bytes}");
        }
        assert!(!super::is_jwt(b"eyJ.a") && !super::is_jwt(b"eyJ.a.b.c") && !super::is_jwt(b"abc.a.b"));
    }
}
