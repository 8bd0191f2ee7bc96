//! The keys in use: read when needed, kept when they cannot be read anew.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::sync::Mutex;

use super::{JwtAlgorithm, key::Keys, source::Source};
use crate::{
    metrics::Upstream,
    resolve::{ResolveError, label},
    transport::{ConfigError, Transport},
};

/// The public keys that tokens are signed with: a JWKS (RFC 7517), from where Kratos' operator publishes it.
///
/// Kratos itself serves none. What its `jwks_url` names holds the private keys: publish the public halves apart.
///
/// The keys are read when the first token comes, and again by a request whose token finds them older than
/// [`Jwks::with_max_age`] or names a key that is not there, one request at a time. When that fails, the keys stay in
/// use. There is no task in the background.
#[derive(Debug)]
pub struct Jwks {
    source: Source,
    max_age: Duration,
    cooldown: Duration,
    state: RwLock<State>,
    refreshing: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct State {
    keys: Option<Arc<Keys>>,
    read_at: Option<Instant>,
    tried_at: Option<Instant>,
    /// Why the last try failed.
    failure: Option<ResolveError>,
    tries: u64,
    /// How often a key was taken back.
    withdrawals: u64,
}

const MAX_AGE: Duration = Duration::from_secs(600);
const COOLDOWN: Duration = Duration::from_secs(10);
/// How soon it is tried again as long as there is no key at all.
const FIRST_KEYS: Duration = Duration::from_secs(1);

impl Jwks {
    /// The JWKS at this `http(s)` URL. It is fetched as Kratos is asked: 1 s for a connection, 3 s in all, no
    /// redirects. Without `https` whoever stands between can sign tokens.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn from_url(url: &str) -> Result<Self, ConfigError> {
        Source::url(url).map(Self::new)
    }

    /// The JWKS in this file. It need not be there yet.
    #[must_use]
    pub fn from_file(path: impl Into<PathBuf>) -> Self {
        Self::new(Source::File(path.into()))
    }

    /// This JWKS, for ever.
    ///
    /// # Errors
    /// When it is no JWKS or holds no key that can check a token.
    pub fn from_json(json: impl Into<String>) -> Result<Self, ConfigError> {
        let json = Bytes::from(json.into());
        let keys =
            Keys::read(&json).map_err(|why| ConfigError::new(format!("the JWKS cannot be used: {why}")))?;
        let mut jwks = Self::new(Source::Fixed(json)).with_max_age(Duration::MAX);
        jwks.state = RwLock::new(State { keys: Some(Arc::new(keys)), ..State::default() });
        Ok(jwks)
    }

    fn new(source: Source) -> Self {
        let (state, refreshing) = Default::default();
        Self { source, max_age: MAX_AGE, cooldown: COOLDOWN, state, refreshing }
    }

    /// How old the keys may become before they are read anew. Default 10 min. A key that was taken back is trusted
    /// for as long, and for as long as the JWKS cannot be read.
    #[must_use]
    pub fn with_max_age(self, age: Duration) -> Self {
        Self { max_age: age, ..self }
    }

    /// How long to wait from one try to the next, whatever tokens come. Default 10 s. A new key is known at most so
    /// late: publish it before Kratos signs with it.
    #[must_use]
    pub fn with_cooldown(self, cooldown: Duration) -> Self {
        Self { cooldown, ..self }
    }

    /// Fetches with a reqwest client of yours, as
    /// [`HttpResolver::with_client`](crate::resolve::HttpResolver::with_client). Without effect on files.
    #[must_use]
    pub fn with_client(self, client: reqwest::Client) -> Self {
        self.edit_transport(|transport| transport.with_client(client))
    }

    /// How long fetching may take in all. Default 3 s. Without effect on files.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.edit_transport(|transport| transport.with_timeout(timeout))
    }

    fn edit_transport(mut self, change: impl FnOnce(Transport) -> Transport) -> Self {
        if let Source::Url { transport, .. } = &mut self.source {
            *transport = change(transport.clone());
        }
        self
    }

    /// The keys for a token of this header, read anew where that is due. The key itself may still not be among them:
    /// then the token is somebody else's.
    pub(super) async fn keys(
        &self,
        id: Option<&str>,
        algorithm: JwtAlgorithm,
    ) -> Result<Arc<Keys>, ResolveError> {
        let seen = self.state();
        if let Some(keys) = seen.keys.clone().filter(|keys| keys.has(id, algorithm)) {
            if seen.read_at.is_none_or(|read| read.elapsed() < self.max_age) {
                return Ok(keys);
            }
            // Whoever finds them old reads them; all others go on with what there is.
            if let Ok(_turn) = self.refreshing.try_lock() {
                self.refresh().await;
            }
            return Ok(self.state().keys.unwrap_or(keys));
        }
        let _turn = self.refreshing.lock().await;
        if self.state().tries == seen.tries {
            self.refresh().await;
        }
        let State { keys, failure, .. } = self.state();
        match (keys, failure) {
            (Some(keys), _) if keys.has(id, algorithm) => Ok(keys),
            // It may be a new key: nobody can tell.
            (_, Some(failure)) => Err(failure),
            (Some(keys), None) => Ok(keys),
            (None, None) => Err(ResolveError::unavailable("the JWKS was not read")),
        }
    }

    /// How often a key was taken back so far.
    pub(super) fn withdrawals(&self) -> u64 {
        self.state.read().unwrap_or_else(PoisonError::into_inner).withdrawals
    }

    /// Reads the keys, unless that was tried just now. Call it in turn.
    async fn refresh(&self) {
        let before = self.state();
        let pause = if before.keys.is_some() { self.cooldown } else { self.cooldown.min(FIRST_KEYS) };
        if before.tried_at.is_some_and(|tried| tried.elapsed() < pause) {
            return;
        }
        let call = Upstream::start("jwks");
        let outcome = self.source.read().await.and_then(|json| {
            Keys::read(&json)
                .map_err(|why| ResolveError::misconfigured(format!("the JWKS cannot be used: {why}")))
        });
        call.end(label::of_call(&outcome));
        let now = Instant::now();
        let mut state = State { tried_at: Some(now), tries: before.tries + 1, failure: None, ..before };
        match outcome {
            Ok(keys) => {
                let withdrew = state.keys.as_ref().is_some_and(|earlier| !keys.keeps(earlier));
                state.withdrawals += u64::from(withdrew);
                state.keys = Some(Arc::new(keys));
                state.read_at = Some(now);
                tracing::debug!(target: "kratos", withdrew, "read the JWKS");
            }
            Err(error) => {
                let kept = state.keys.is_some();
                tracing::warn!(target: "kratos", kind = ?error.kind(), %error, kept, "the JWKS cannot be read");
                state.failure = Some(error);
            }
        }
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
