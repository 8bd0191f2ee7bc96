//! Back-channel logout for relying parties: the provider posts a logout token when a session ends
//! (OpenID Connect Back-Channel Logout 1.0).
//!
//! The token of Hydra 26.2.0 has `sid`, the session at Hydra, and no `sub` (consent/strategy_default.go). Neither names a
//! session of Kratos, so that no entry of a session cache can be found by it: a relying party finds its own sessions by the
//! `sid` of the ID token that began them.

mod seen;
mod verify;

use std::{fmt, future::Future, sync::Arc, time::Duration};

use bytes::Bytes;
use http::StatusCode;
use kratos_core::resolve::{Jwks, JwtAlgorithm};

use crate::OAuth2ConfigError;
use seen::Seen;

/// Verifies logout tokens. Clones share the keys and the tokens that were received.
///
/// A token is accepted if its signature verifies with the provider's keys, `iss` and `aud` name this provider and client,
/// `iat` is not older than the limit, `events` has the logout event, there is no `nonce`, there is a `sid` or a `sub`, and its
/// `jti` was not received before. Hydra sends no `exp`; one that is there counts.
///
/// ```
/// use kratos_oauth2::backchannel::LogoutVerifier;
///
/// # fn main() -> Result<(), kratos_oauth2::OAuth2ConfigError> {
/// let keys = "https://id.example/.well-known/jwks.json";
/// let verifier = LogoutVerifier::new("https://id.example/", "shop", keys)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct LogoutVerifier {
    issuer: String,
    client: String,
    keys: Arc<Jwks>,
    algorithms: Vec<JwtAlgorithm>,
    max_age: Duration,
    leeway: Duration,
    seen: Seen,
}

/// A session at the provider ended.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogoutNotice {
    /// The session at the provider: `sid` of its ID tokens. Hydra sends it always.
    pub sid: Option<String>,
    /// The user: `sub` of ID tokens. All of their sessions ended, if there is no `sid`. Hydra sends none.
    pub sub: Option<String>,
}

impl fmt::Debug for LogoutNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = |part: &Option<String>| part.is_some();
        let (sid, sub) = (known(&self.sid), known(&self.sub));
        f.debug_struct("LogoutNotice").field("has_sid", &sid).field("has_sub", &sub).finish()
    }
}

/// The response to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogoutResponse {
    /// The status: 200, 400 for a token that is not accepted or a callback that fails, 503 if the keys cannot be read.
    pub status: StatusCode,
    /// The body: empty, or an error as JSON. Send it with `Content-Type: application/json` and `Cache-Control: no-store`.
    pub body: Bytes,
}

impl LogoutResponse {
    fn of(status: StatusCode, error: &'static str) -> Self {
        let body = if error.is_empty() { String::new() } else { format!("{{\"error\":\"{error}\"}}") };
        Self { status, body: body.into() }
    }
}

impl LogoutVerifier {
    /// Accepts tokens of this provider (`iss`) for this client (`aud`), signed with a key of the JWKS at `keys_url`
    /// (`jwks_uri` of the provider's configuration).
    ///
    /// # Errors
    /// When `keys_url` is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(issuer: &str, client_id: &str, keys_url: &str) -> Result<Self, OAuth2ConfigError> {
        let keys = Jwks::from_url(keys_url).map_err(|_| OAuth2ConfigError::KEYS)?;
        Ok(Self::with_keys(issuer, client_id, keys))
    }

    /// As [`new`](Self::new), with keys that are read otherwise.
    pub fn with_keys(issuer: &str, client_id: &str, keys: Jwks) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client: client_id.to_owned(),
            keys: Arc::new(keys),
            algorithms: vec![JwtAlgorithm::Rs256, JwtAlgorithm::Es256],
            max_age: Duration::from_secs(120),
            leeway: Duration::from_secs(30),
            seen: Seen::default(),
        }
    }

    /// Accepts these algorithms. Default: `RS256`, which Hydra signs with, and `ES256`.
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = JwtAlgorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// Accepts tokens that were issued no longer ago. Default: 2 min. Each `jti` is remembered for as long.
    pub fn with_max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    /// Tolerates clocks that differ by this. Default: 30 s.
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Handles the body of the provider's form: verifies its `logout_token`, then calls the callback, which ends the
    /// application's sessions. If it fails, the provider may send the token again.
    pub async fn receive<F, E>(&self, form: &[u8], end: impl FnOnce(LogoutNotice) -> F) -> LogoutResponse
    where
        F: Future<Output = Result<(), E>>,
    {
        let accepted = match self.verify(form).await {
            Ok(accepted) => accepted,
            Err(fault) => {
                tracing::debug!(target: "kratos", %fault, "a logout token was refused");
                return match fault.is_temporary() {
                    true => LogoutResponse::of(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
                    false => LogoutResponse::of(StatusCode::BAD_REQUEST, "invalid_request"),
                };
            }
        };
        // Given back also if the provider hangs up while the callback runs.
        let mut release = Release { seen: &self.seen, jti: Some(accepted.jti) };
        match end(accepted.notice).await {
            Ok(()) => {
                release.jti = None;
                LogoutResponse::of(StatusCode::OK, "")
            }
            Err(_) => {
                tracing::warn!(target: "kratos", "the application could not end the sessions of a back-channel logout");
                LogoutResponse::of(StatusCode::BAD_REQUEST, "logout_failed")
            }
        }
    }
}

struct Release<'a> {
    seen: &'a Seen,
    jti: Option<String>,
}

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.jti.iter().for_each(|jti| self.seen.release(jti));
    }
}

impl fmt::Debug for LogoutVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutVerifier")
            .field("issuer", &self.issuer)
            .field("client", &self.client)
            .field("algorithms", &self.algorithms)
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}
