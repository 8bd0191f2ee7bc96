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

/// A session as a JWT, for another service. `Debug` never shows it; cloning it is cheap.
#[derive(Clone)]
pub struct SessionJwt(Arc<Inner>);

struct Inner {
    token: SecretText,
    session: Uuid,
    expires_at: Option<Timestamp>,
    /// When its session ends, which may be earlier.
    session_ends: Option<Timestamp>,
}

impl SessionJwt {
    pub(super) fn new(token: SecretText, session: &Session) -> Self {
        let expires_at = expiry(token.expose_secret());
        Self(Arc::new(Inner { token, session: session.id, expires_at, session_ends: session.expires_at }))
    }

    /// The JWT. Do not log it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.token.expose_secret()
    }

    /// The id of the session that it stands for.
    #[must_use]
    pub fn session_id(&self) -> Uuid {
        self.0.session
    }

    /// When it expires (`exp`), if it says so.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.0.expires_at
    }

    /// The header that shows it: `Authorization: Bearer …`. `None` when it cannot stand in a header, which no JWT does.
    #[must_use]
    pub fn to_header(&self) -> Option<(HeaderName, HeaderValue)> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some((header::AUTHORIZATION, value))
    }

    /// Whether it and its session go on for this long. One that does not tell its end is not to be kept.
    pub(super) fn lasts(&self, margin: Duration, now: Timestamp) -> bool {
        let margin = time::Duration::try_from(margin).unwrap_or(time::Duration::MAX);
        let goes_on = |end: Timestamp| *end - *now > margin;
        self.0.expires_at.is_some_and(goes_on) && self.0.session_ends.is_none_or(|end| end > now)
    }

    pub(super) fn len(&self) -> usize {
        self.expose_secret().len()
    }
}

/// `exp`, unchecked: Kratos itself sent the token just now.
fn expiry(token: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: i64,
    }
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&payload).ok()?;
    time::OffsetDateTime::from_unix_timestamp(claims.exp).ok().map(Timestamp::from)
}

impl std::fmt::Debug for SessionJwt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionToken").field("expires_at", &self.0.expires_at).finish_non_exhaustive()
    }
}
