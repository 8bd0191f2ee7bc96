//! The double-submit CSRF token of browser flows, as in nosurf: the cookie holds a secret, forms hold it
//! masked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use time::Duration;

use crate::wire::Call;
use crate::wire::cookie::SetCookie;

/// A browser's CSRF secret. Debug omits it.
pub(crate) struct Secret {
    bytes: [u8; 32],
    /// Whether the browser already has the cookie.
    pub(crate) known: bool,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret").field("known", &self.known).finish_non_exhaustive()
    }
}

/// Returns the cookie's name, which holds a hash of the public base URL.
pub(crate) fn cookie_name(public_url: &str) -> String {
    let digest = Sha256::digest(format!("{public_url}/"));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("csrf_token_{hex}")
}

/// Returns true for paths without CSRF protection: neither a cookie nor `Vary: Cookie`.
pub(crate) fn is_off(path: &str) -> bool {
    path.starts_with("/health/") || path == "/version" || path.starts_with("/metrics/")
}

/// Returns true for paths whose responses never set a new CSRF cookie (`IgnorePath` and `IgnoreGlob` in Kratos
/// 26.2.0).
pub(crate) fn is_ignored(path: &str) -> bool {
    let flow = path.strip_prefix("/self-service/");
    path == "/sessions"
        || path.starts_with("/sessions/")
        || path.starts_with("/schemas/")
        || path.starts_with("/self-service/methods/oidc/callback/")
        || flow.is_some_and(|flow| {
            flow.ends_with("/api")
                || matches!(flow, "login" | "registration" | "settings" | "recovery" | "verification")
        })
}

impl Secret {
    pub(crate) fn new() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill(&mut bytes[..]);
        Self { bytes, known: true }
    }

    /// Returns the secret of the request's cookie, or a new one.
    pub(crate) fn of(call: &Call, name: &str) -> Self {
        let sent = call.cookies(name).first().and_then(|value| STANDARD.decode(value).ok());
        match sent.and_then(|bytes| bytes.try_into().ok()) {
            Some(bytes) => Self { bytes, known: true },
            None => Self { known: false, ..Self::new() },
        }
    }

    /// Returns a one-time pad followed by the secret masked with it.
    pub(crate) fn masked(&self) -> String {
        let mut pad = [0_u8; 32];
        rand::rng().fill(&mut pad[..]);
        let under: Vec<u8> = self.bytes.iter().zip(pad).map(|(byte, pad)| byte ^ pad).collect();
        STANDARD.encode([&pad[..], &under].concat())
    }

    /// Returns true if a masked token holds this secret and the browser has its cookie.
    pub(crate) fn fits(&self, token: &str) -> bool {
        let Ok(bytes) = STANDARD.decode(token) else { return false };
        let Some((pad, under)) = bytes.split_first_chunk::<32>() else { return false };
        let unmasked: Vec<u8> = under.iter().zip(pad).map(|(byte, pad)| byte ^ pad).collect();
        self.known && bool::from(unmasked.ct_eq(&self.bytes))
    }

    /// Returns the cookie as a browser sends it.
    pub(crate) fn pair(&self, name: &str) -> String {
        format!("{name}={}", STANDARD.encode(self.bytes))
    }

    pub(crate) fn set_cookie(&self, name: &str) -> String {
        let value = STANDARD.encode(self.bytes);
        let age = Some(Duration::days(365));
        SetCookie { name, value: &value, max_age: age, expires_from: None }.line()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_named_as_26_2_0_names_it() {
        let name = "csrf_token_129b62850b75348826eb806005079c38b51362dbbbdd852ec44e8424202b1409";
        assert_eq!(cookie_name("http://localhost:26003"), name);
    }

    #[test]
    fn a_masked_token_fits_its_own_secret_alone() {
        let (one, other) = (Secret::new(), Secret::new());
        assert_ne!(one.masked(), one.masked());
        assert!(one.fits(&one.masked()) && !other.fits(&one.masked()));
        for broken in ["", "bad", "AAAA"] {
            assert!(!one.fits(broken), "{broken}");
        }
    }
}
