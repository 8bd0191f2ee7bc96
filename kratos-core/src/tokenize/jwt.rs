//! A session as a JWT.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderName, HeaderValue, header};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    model::Session,
    model::{SecretText, Timestamp},
};

/// A session as a JWT, for another service. `Debug` omits the JWT; cloning is cheap.
#[derive(Clone)]
pub struct SessionJwt(Arc<Inner>);

struct Inner {
    jwt: SecretText,
    session: Uuid,
    expires_at: Option<Timestamp>,
    /// When the session ends, which may be earlier.
    session_ends: Option<Timestamp>,
}

impl SessionJwt {
    pub(super) fn new(jwt: SecretText, session: &Session) -> Self {
        let expires_at = expiry(jwt.expose_secret());
        Self(Arc::new(Inner { jwt, session: session.id, expires_at, session_ends: session.expires_at }))
    }

    /// Returns the JWT. Do not log it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.jwt.expose_secret()
    }

    /// Returns the id of the session that was tokenized.
    #[must_use]
    pub fn session_id(&self) -> Uuid {
        self.0.session
    }

    /// Returns when the JWT expires (its `exp`), or `None` without that claim.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.0.expires_at
    }

    /// Returns the header that sends the JWT, `Authorization: Bearer …`; `None` if a header cannot hold it, which does not
    /// happen with a JWT.
    #[must_use]
    pub fn to_header(&self) -> Option<(HeaderName, HeaderValue)> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some((header::AUTHORIZATION, value))
    }

    /// Whether the JWT is valid for longer than `margin`, and its session has not ended. False without an `exp`.
    pub(super) fn lasts(&self, margin: Duration, now: Timestamp) -> bool {
        let margin = time::Duration::try_from(margin).unwrap_or(time::Duration::MAX);
        let lasts = |end: Timestamp| *end - *now > margin;
        self.0.expires_at.is_some_and(lasts) && self.0.session_ends.is_none_or(|end| end > now)
    }

    /// The bytes of the value and its `Arc`.
    pub(super) fn heap_bytes(&self) -> usize {
        2 * size_of::<usize>() + size_of::<Inner>() + self.expose_secret().len()
    }
}

/// Reads `exp` without a check of the signature: the JWT comes from Kratos itself.
fn expiry(jwt: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: i64,
    }
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&payload).ok()?;
    time::OffsetDateTime::from_unix_timestamp(claims.exp).ok().map(Timestamp::from)
}

impl std::fmt::Debug for SessionJwt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionJwt").field("expires_at", &self.0.expires_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(exp: Option<i64>, session_ends: Option<i64>) -> SessionJwt {
        let claims = exp.map_or_else(|| "{}".to_owned(), |exp| format!(r#"{{"exp":{exp}}}"#));
        let mut session = Session::new(Uuid::from_u128(7));
        session.expires_at = session_ends.map(at);
        SessionJwt::new(SecretText::new(format!("e30.{}.AAAA", URL_SAFE_NO_PAD.encode(claims))), &session)
    }

    fn at(seconds: i64) -> Timestamp {
        time::OffsetDateTime::from_unix_timestamp(seconds).unwrap().into()
    }

    #[test]
    fn a_jwt_lasts_beyond_its_margin_and_as_long_as_its_session() {
        let lasts = |jwt: SessionJwt, margin: u64| jwt.lasts(Duration::from_secs(margin), at(1000));
        for (exp, session_ends, margin, expected) in [
            (Some(1011), None, 10, true),
            (Some(1010), None, 10, false),
            (Some(1001), None, 0, true),
            (Some(1000), None, 0, false),
            (None, None, 0, false),
            (Some(2000), Some(1001), 10, true),
            (Some(2000), Some(1000), 10, false),
            (Some(2000), Some(900), 10, false),
        ] {
            assert_eq!(lasts(jwt(exp, session_ends), margin), expected, "{exp:?} {session_ends:?} {margin}");
        }
        assert_eq!(jwt(Some(5), None).expires_at(), Some(at(5)));
        assert_eq!(jwt(None, None).session_id(), Uuid::from_u128(7));
    }

    #[test]
    fn a_jwt_is_sent_as_a_secret_and_counts_its_bytes() {
        let one = jwt(Some(5), None);
        let (name, value) = one.to_header().unwrap();
        assert_eq!(
            (name, value.as_bytes()),
            (header::AUTHORIZATION, format!("Bearer {}", one.expose_secret()).as_bytes())
        );
        assert!(value.is_sensitive());
        let empty = SessionJwt::new(SecretText::new(""), &Session::new(Uuid::nil()));
        assert_eq!(one.heap_bytes() - empty.heap_bytes(), one.expose_secret().len());
        // The `Arc` holds two counters beside what is in it.
        assert_eq!(empty.heap_bytes(), 2 * size_of::<usize>() + size_of::<Inner>());
    }
}
