//! Generates secrets: session tokens, cookie values and codes.

use base64::Engine;
use rand::RngExt;
use rand::distr::{Alphanumeric, SampleString};
use subtle::ConstantTimeEq;

/// Compares in constant time; only the length is observable.
pub(crate) fn is_same(known: &str, sent: &str) -> bool {
    known.as_bytes().ct_eq(sent.as_bytes()).into()
}

/// Returns `prefix` and 32 letters and digits, such as `ory_st_…`.
pub(crate) fn token(prefix: &str) -> String {
    format!("{prefix}{}", Alphanumeric.sample_string(&mut rand::rng(), 32))
}

/// Returns an opaque value of the length of a Kratos session cookie, in padded base64url.
pub(crate) fn cookie_value() -> String {
    let mut bytes = [0_u8; 358];
    rand::rng().fill(&mut bytes[..]);
    base64::engine::general_purpose::URL_SAFE.encode(bytes)
}

/// Returns six digits, as in mailed codes.
pub(crate) fn code() -> String {
    format!("{:06}", rand::random_range(0..1_000_000_u32))
}

/// Returns twelve backup codes of eight lower-case letters and digits.
pub(crate) fn backup_codes() -> Vec<String> {
    let code = || Alphanumeric.sample_string(&mut rand::rng(), 8).to_lowercase();
    std::iter::repeat_with(code).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_cookies_look_like_kratos_own() {
        let token = token("ory_st_");
        assert_eq!(token.len(), 39);
        let cookie = cookie_value();
        assert!(cookie.len() == 480 && cookie.ends_with('='), "{}", cookie.len());
        assert!(code().len() == 6 && backup_codes().len() == 12);
    }
}
