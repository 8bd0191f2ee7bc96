//! The keys in use: read when needed, and kept while they cannot be read again.

use std::{
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard},
};

use tracing::Instrument as _;

use super::{
    JwtAlgorithm,
    key::Keys,
    source::Source,
    verify::{Fault, Rules, Unverified},
};
use crate::{
    metrics::Upstream,
    resolve::{ResolveError, label},
    transport::{ConfigError, Transport},
};

/// The public keys that JWTs are signed with: a JWKS (RFC 7517) that Kratos' operator publishes.
///
/// Kratos itself serves none. The file that its `jwks_url` names holds the private keys: publish the public halves
/// separately.
///
/// The keys are read for the first JWT, and again for a JWT that finds them older than [`Jwks::with_max_age`] or names
/// an unknown key, one read at a time. A read goes on when its request ends. If it fails, the keys stay in use.
#[derive(Debug)]
pub struct Jwks {
    source: Source,
    max_age: Duration,
    cooldown: Duration,
    shared: Arc<Shared>,
    refreshing: Arc<Mutex<()>>,
}

/// The state that a read changes.
#[derive(Debug, Default)]
struct Shared {
    state: RwLock<State>,
    /// How often a read withdrew a key.
    withdrawals: AtomicU64,
}

#[derive(Clone, Debug, Default)]
struct State {
    keys: Option<Arc<Keys>>,
    read_at: Option<Instant>,
    /// When the last read began.
    tried_at: Option<Instant>,
    /// Why the last read failed.
    failure: Option<ResolveError>,
    /// The reads that ended.
    tries: u64,
}

/// Keys to verify a JWT with.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) keys: Arc<Keys>,
    /// How long a JWT that they verify may be cached: until they are due to be read again.
    pub(super) cache_for: Duration,
    /// The value of [`Jwks::withdrawals`] at which they were in use.
    pub(super) withdrawals: u64,
}

const MAX_AGE: Duration = Duration::from_secs(600);
const COOLDOWN: Duration = Duration::from_secs(10);
/// The cooldown as long as there are no keys.
const FIRST_KEYS: Duration = Duration::from_secs(1);

impl Jwks {
    /// Reads the JWKS at this `http(s)` URL, with the timeouts of a call to Kratos: 1 s to connect and 3 s in all. A
    /// redirect is an error. Without `https`, anyone on the network path can sign JWTs.
    ///
    /// # Errors
    /// If the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn from_url(url: &str) -> Result<Self, ConfigError> {
        Source::url(url).map(Self::new)
    }

    /// Reads the JWKS in this file, which need not exist yet.
    #[must_use]
    pub fn from_file(path: impl Into<PathBuf>) -> Self {
        Self::new(Source::File(path.into()))
    }

    /// Uses this JWKS, without end.
    ///
    /// # Errors
    /// If it is not a JWKS, or holds no key that can verify a JWT.
    pub fn from_json(json: impl Into<String>) -> Result<Self, ConfigError> {
        let json = Bytes::from(json.into());
        let keys =
            Keys::read(&json).map_err(|why| ConfigError::new(format!("the JWKS cannot be used: {why}")))?;
        let mut jwks = Self::new(Source::Fixed(json)).with_max_age(Duration::MAX);
        let state = RwLock::new(State { keys: Some(Arc::new(keys)), ..State::default() });
        jwks.shared = Arc::new(Shared { state, ..Shared::default() });
        Ok(jwks)
    }

    fn new(source: Source) -> Self {
        let (shared, refreshing) = Default::default();
        Self { source, max_age: MAX_AGE, cooldown: COOLDOWN, shared, refreshing }
    }

    /// Sets the age at which the keys are read again. Default 10 min. A withdrawn key is trusted for that long, and
    /// for as long as the JWKS cannot be read. JWTs that were verified by it are not cached for longer.
    #[must_use]
    pub fn with_max_age(self, age: Duration) -> Self {
        Self { max_age: age, ..self }
    }

    /// Sets the least time between two reads. Default 10 s. A new key may stay unknown for that long: publish it
    /// before Kratos signs with it.
    #[must_use]
    pub fn with_cooldown(self, cooldown: Duration) -> Self {
        Self { cooldown, ..self }
    }

    /// Fetches with this reqwest client, as
    /// [`HttpResolver::with_client`](crate::resolve::HttpResolver::with_client) does. No effect on files.
    #[must_use]
    pub fn with_client(self, client: reqwest::Client) -> Self {
        self.edit_transport(|transport| transport.with_client(client))
    }

    /// Sets the timeout of fetching. Default 3 s. No effect on files.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.edit_transport(|transport| transport.with_timeout(timeout))
    }

    /// Verifies the form and the signature of a JWT of this type (`typ` of its header, or none, or `JWT`), and returns its
    /// claims. `None` if they do not verify. The caller checks every claim, `iss`, `aud` and times included: for JWTs that are
    /// not sessions, such as OpenID Connect's logout tokens.
    ///
    /// # Errors
    /// When the keys cannot be read.
    pub async fn verified_claims(
        &self,
        jwt: &str,
        kind: &str,
        algorithms: &[JwtAlgorithm],
    ) -> Result<Option<serde_json::Map<String, serde_json::Value>>, ResolveError> {
        let rules = Rules::of_type(kind, algorithms);
        let unverified = match Unverified::read(jwt.as_bytes(), &rules) {
            Ok(unverified) => unverified,
            Err(fault) => return Ok(refused(fault)),
        };
        let current = self.keys(unverified.key.as_deref(), unverified.algorithm).await?;
        Ok(unverified.verify(&current.keys).map_or_else(refused, Some))
    }

    fn edit_transport(mut self, change: impl FnOnce(Transport) -> Transport) -> Self {
        if let Source::Url { transport, .. } = &mut self.source {
            *transport = change(transport.clone());
        }
        self
    }

    /// The keys for a JWT of this header, read again if due. They may still lack the key: then another issuer signed
    /// the JWT.
    pub(super) async fn keys(
        &self,
        id: Option<&str>,
        algorithm: JwtAlgorithm,
    ) -> Result<Current, ResolveError> {
        let seen = self.shared.state();
        let is_known = |keys: &Arc<Keys>| keys.has(id, algorithm);
        if seen.keys.as_ref().is_some_and(is_known) {
            let is_old = seen.read_at.is_some_and(|read| read.elapsed() >= self.max_age);
            // One request reads old keys again; all others use them meanwhile.
            if let (true, Ok(turn)) = (is_old, Arc::clone(&self.refreshing).try_lock_owned()) {
                self.refresh(turn).await;
            }
        } else {
            let turn = Arc::clone(&self.refreshing).lock_owned().await;
            if self.shared.state().tries == seen.tries {
                self.refresh(turn).await;
            }
        }
        // The count first: it may be too low for the keys, which only keeps the JWT out of the cache.
        let withdrawals = self.withdrawals();
        let state = self.shared.state();
        match (&state.keys, &state.failure) {
            // The key may be new, and cannot be checked.
            (keys, Some(failure)) if !keys.as_ref().is_some_and(is_known) => Err(failure.clone()),
            (Some(keys), _) => {
                Ok(Current { keys: Arc::clone(keys), cache_for: self.cache_for(&state), withdrawals })
            }
            (None, _) => Err(ResolveError::unavailable("the JWKS was not read")),
        }
    }

    /// How long until the keys are due to be read again. Zero while they are being read.
    fn cache_for(&self, state: &State) -> Duration {
        let left = |since: Instant, most: Duration| most.saturating_sub(since.elapsed());
        let young = state.read_at.map_or(self.max_age, |read| left(read, self.max_age));
        let failed = state.tried_at.filter(|_| state.failure.is_some());
        young.max(failed.map_or(Duration::ZERO, |tried| left(tried, self.cooldown)))
    }

    /// How often a read withdrew a key.
    pub(super) fn withdrawals(&self) -> u64 {
        self.shared.withdrawals.load(Ordering::SeqCst)
    }

    /// Reads the keys, unless the cooldown forbids it. The read goes on if the caller is dropped: callers that hang up
    /// would otherwise start one read after the other, or keep the keys from ever being read.
    async fn refresh(&self, turn: OwnedMutexGuard<()>) {
        if !self.shared.begin(self.cooldown) {
            return;
        }
        let (source, shared) = (self.source.clone(), Arc::clone(&self.shared));
        let read = async move {
            shared.read(&source).await;
            drop(turn);
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(read.in_current_span()).await),
            // A file can be read without a runtime.
            Err(_) => read.await,
        }
    }
}

/// Logs why a JWT is not accepted.
fn refused<T>(fault: Fault) -> Option<T> {
    tracing::debug!(target: "kratos", %fault, "a JWT was refused");
    None
}

impl Shared {
    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that a read begins, if the cooldown is over.
    fn begin(&self, cooldown: Duration) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let cooldown = if state.keys.is_some() { cooldown } else { cooldown.min(FIRST_KEYS) };
        if state.tried_at.is_some_and(|tried| tried.elapsed() < cooldown) {
            return false;
        }
        state.tried_at = Some(Instant::now());
        state.failure = None;
        true
    }

    async fn read(&self, source: &Source) {
        let call = Upstream::start("jwks");
        let outcome = source.read().await.and_then(|json| {
            Keys::read(&json)
                .map_err(|why| ResolveError::misconfigured(format!("the JWKS cannot be used: {why}")))
        });
        call.end(label::of_call(&outcome));
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.tries += 1;
        match outcome {
            Ok(keys) => {
                let withdrew = state.keys.as_ref().is_some_and(|earlier| !keys.keeps(earlier));
                self.withdrawals.fetch_add(u64::from(withdrew), Ordering::SeqCst);
                state.keys = Some(Arc::new(keys));
                state.read_at = Some(Instant::now());
                tracing::debug!(target: "kratos", withdrew, "read the JWKS");
            }
            Err(error) => {
                let kept = state.keys.is_some();
                tracing::warn!(target: "kratos", kind = ?error.kind(), %error, kept, "cannot read the JWKS");
                state.failure = Some(error);
            }
        }
    }
}
