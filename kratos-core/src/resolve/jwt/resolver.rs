//! The resolver that verifies JWTs.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    Jwks, JwtAlgorithm, claims,
    jwks::Current,
    verify::{Fault, Rules, Unverified},
};
use crate::{
    credential::{CacheKeyHasher, Credential},
    metrics::{self, Cache, Lookup},
    model::{Session, Timestamp},
    resolve::{
        CachedSession, Freshness, MemoryStore, Resolution, ResolveError, Resolved, SecondFactor,
        SessionResolver, SessionStore as _,
    },
};

/// Resolves sessions from Kratos' JWTs (`whoami?tokenize_as=TEMPLATE`) without calling Kratos, and all other
/// credentials by another resolver.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use kratos_core::{Kratos, credential::CredentialReader, resolve::*};
///
/// let kratos = HttpResolver::new("http://127.0.0.1:4433")?;
/// let keys = Jwks::from_url("https://auth.example/.well-known/kratos-jwks.json")?;
/// let jwts = JwtResolver::new(keys)
///     .with_issuer("https://auth.example/")
///     .with_sessions(CachingResolver::new(kratos, Duration::from_secs(10)));
/// let sessions = Kratos::from_resolver(jwts).with_credentials(CredentialReader::default().with_jwt());
/// # Ok(())
/// # }
/// ```
///
/// A JWT stands for its session until it expires, even if the session is revoked, signed out or changed meanwhile. The
/// template's `ttl` sets the lifetime; minutes are usual.
///
/// A JWT is not enough for routes that require a live session (privileged, AAL2 and
/// [`with_live_session`](crate::policy::Requirement::with_live_session)). There, Kratos is called with the session
/// credential beside it, which must be of the same session. Without one, the response is 403.
///
/// A JWT that is malformed, expired, or of another issuer, audience or key makes the request anonymous. As long as no
/// keys could be read, the response is 503.
///
/// The session holds what the claims say: by default its id and the identity's. A claims mapper that adds the whole
/// session (`claims: {session: std.extVar('session')}`) adds traits, assurance level and times. Claims that are not
/// fields of a session are in [`Session::extra`]. `expires_at` is never after the end of the JWT.
///
/// A verified JWT is cached until it expires or the keys are due to be read again
/// ([`Jwks::with_max_age`]), whichever comes first.
/// Cheap to clone; clones share the keys and the cache.
#[derive(Clone)]
pub struct JwtResolver {
    jwks: Arc<Jwks>,
    rules: Rules,
    sessions: Option<Arc<dyn SessionResolver>>,
    claims_when_live: bool,
    verified: Arc<MemoryStore>,
    hasher: CacheKeyHasher,
    /// The withdrawals of keys after which `verified` was last cleared.
    withdrawals: Arc<AtomicU64>,
}

/// How far the clocks may differ.
const LEEWAY: Duration = Duration::from_secs(5);
/// 16 MiB: some 10,000 JWTs.
const CAPACITY: u64 = 16 * 1024 * 1024;

impl JwtResolver {
    /// Accepts JWTs signed by these keys with any [`JwtAlgorithm`], of any issuer, without an audience.
    #[must_use]
    pub fn new(jwks: Jwks) -> Self {
        let rules = Rules {
            algorithms: JwtAlgorithm::ALL.to_vec(),
            issuers: Vec::new(),
            audiences: Vec::new(),
            leeway: LEEWAY,
            kind: None,
        };
        Self {
            jwks: Arc::new(jwks),
            rules,
            sessions: None,
            claims_when_live: false,
            verified: Arc::new(MemoryStore::with_capacity(CAPACITY)),
            hasher: CacheKeyHasher::random(),
            withdrawals: Arc::default(),
        }
    }

    /// Allows these algorithms only. Default: all, each with its own keys.
    #[must_use]
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = JwtAlgorithm>) -> Self {
        self.rules.algorithms = algorithms.into_iter().collect();
        self
    }

    /// Requires this issuer (`iss`), or one of several if called repeatedly. A trailing slash makes no difference.
    /// Kratos claims its public URL (`serve.public.base_url`) unless the claims mapper overrides it. Default: any
    /// issuer that holds the keys.
    #[must_use]
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.rules.issuers.push(issuer.into());
        self
    }

    /// Requires this audience (`aud`), or one of several if called repeatedly. Kratos claims none unless the claims
    /// mapper does. Default: refuses JWTs that name an audience, because they are for another service.
    #[must_use]
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.rules.audiences.push(audience.into());
        self
    }

    /// Sets how far this machine's clock and Kratos' may differ. Default 5 s. A JWT is valid for that much longer.
    #[must_use]
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.rules.leeway = leeway;
        self
    }

    /// Sets the size of the cache of verified JWTs, in bytes. Default 16 MiB. Verifying a JWT costs some 0.1 ms.
    #[must_use]
    pub fn with_capacity(mut self, bytes: u64) -> Self {
        self.verified = Arc::new(MemoryStore::with_capacity(bytes));
        self
    }

    /// Resolves session cookies and session tokens by this resolver, also for live sessions. Default: none, and
    /// requests with such credentials are anonymous.
    #[must_use]
    pub fn with_sessions(mut self, resolver: impl SessionResolver + 'static) -> Self {
        self.sessions = Some(Arc::new(resolver));
        self
    }

    /// Accepts the claims of a JWT where a live session is required and the request carries no session credential
    /// beside it. Default: off. Requirements that the claims do not meet still refuse: an assurance level
    /// (`authenticator_assurance_level`) and times (`authenticated_at`) are present only if the claims mapper adds
    /// them. On these routes too, a session that was revoked or downgraded stays valid until its JWT expires.
    #[must_use]
    pub fn with_insecure_claims_when_live(mut self) -> Self {
        self.claims_when_live = true;
        self
    }

    /// The session of a cached JWT.
    fn hit(&self, credential: &Credential) -> Option<Proven> {
        self.drop_withdrawn();
        let entry = self.verified.get(&credential.cache_key(&self.hasher))?;
        let session = entry.session.filter(|_| entry.fresh_until > crate::clock::now())?;
        metrics::lookup(Cache::Jwts, Lookup::Hit);
        Some(Proven { session, until: entry.fresh_until })
    }

    /// The session of a JWT, from the cache or verified now. `Ok(None)` if the JWT is not accepted.
    async fn verified(&self, credential: &Credential, jwt: &[u8]) -> Result<Option<Proven>, ResolveError> {
        if let Some(proven) = self.hit(credential) {
            return Ok(Some(proven));
        }
        metrics::lookup(Cache::Jwts, Lookup::Miss);
        let (session, keys) = match self.verify(jwt).await? {
            Ok((session, keys)) => (Arc::new(session), keys),
            Err(fault) => {
                metrics::refused_jwt(fault.label());
                tracing::debug!(target: "kratos", %fault, "a JWT was refused");
                return Ok(None);
            }
        };
        let now = crate::clock::now();
        let due = now.saturating_add(time::Duration::try_from(keys.cache_for).unwrap_or(time::Duration::MAX));
        let until = session.expires_at.map_or(now, |end| end.min(due.into()));
        if until > now {
            let key = credential.cache_key(&self.hasher);
            self.verified.put(key, CachedSession::new(Some(Arc::clone(&session)), until));
            // A key withdrawn since then is noticed here, or the entry by `drop_withdrawn`.
            if self.jwks.withdrawals() != keys.withdrawals {
                self.verified.remove(&key);
            }
        }
        Ok(Some(Proven { session, until }))
    }

    async fn verify(&self, jwt: &[u8]) -> Result<Result<(Session, Current), Fault>, ResolveError> {
        let unverified = match Unverified::read(jwt, &self.rules) {
            Ok(unverified) => unverified,
            Err(fault) => return Ok(Err(fault)),
        };
        let current = self.jwks.keys(unverified.key.as_deref(), unverified.algorithm).await?;
        self.drop_withdrawn();
        let now = crate::clock::now();
        Ok(unverified.verify(&current.keys).and_then(|claims| {
            let end = self.rules.check(&claims, now)?;
            Ok((claims::session(claims, end, now)?, current))
        }))
    }

    /// Clears the cache when a key was withdrawn since the last call.
    fn drop_withdrawn(&self) {
        let withdrawals = self.jwks.withdrawals();
        if self.withdrawals.load(Ordering::SeqCst) != withdrawals {
            self.verified.clear();
            // Not before: another request must not hit what is not cleared yet.
            self.withdrawals.store(withdrawals, Ordering::SeqCst);
        }
    }

    /// Resolves the session credential beside a verified JWT.
    async fn live(&self, credential: &Credential, proven: Proven) -> Result<Resolved, ResolveError> {
        let (Some(sessions), Some(beside)) = (&self.sessions, credential.session()) else {
            return Ok(match self.claims_when_live {
                true => proven.active(),
                false => by_jwt(Resolution::Unconfirmed(proven.session)),
            });
        };
        let mut found = sessions.resolve(beside, Freshness::Live).await?;
        if let Resolution::Active(session) = &found.resolution {
            if session.id != proven.session.id {
                // The JWT and the session credential are of two sessions.
                return Ok(by_jwt(Resolution::Unconfirmed(proven.session)));
            }
            let left = proven.left();
            found.cache_for = Some(found.cache_for.map_or(left, |leave| leave.min(left)));
        }
        Ok(found)
    }
}

/// The session of a JWT, and until when it may be cached.
struct Proven {
    session: Arc<Session>,
    until: Timestamp,
}

impl Proven {
    /// How long a cache around this resolver may keep the session.
    fn left(&self) -> Duration {
        Duration::try_from(*self.until - *crate::clock::now()).unwrap_or_default()
    }

    fn active(self) -> Resolved {
        Resolved { cache_for: Some(self.left()), ..by_jwt(Resolution::Active(self.session)) }
    }
}

/// An outcome without a call to Kratos.
fn by_jwt(resolution: Resolution) -> Resolved {
    Resolved { live: false, ..Resolved::new(resolution) }
}

#[async_trait]
impl SessionResolver for JwtResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let Some(jwt) = credential.as_jwt() else {
            return match &self.sessions {
                Some(sessions) => sessions.resolve(credential, freshness).await,
                None => Ok(by_jwt(Resolution::Anonymous)),
            };
        };
        match (self.verified(credential, jwt).await?, freshness) {
            (None, _) => Ok(by_jwt(Resolution::Anonymous)),
            (Some(proven), Freshness::Cached) => Ok(proven.active()),
            (Some(proven), Freshness::Live) => self.live(credential, proven).await,
        }
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        match (&self.sessions, credential.session()) {
            (Some(sessions), Some(session)) => sessions.second_factor(session).await,
            _ => Ok(SecondFactor::Unknown),
        }
    }

    fn cached(&self, credential: &Credential) -> Option<Resolved> {
        if credential.kind().is_jwt() {
            return self.hit(credential).map(|proven| by_jwt(Resolution::Active(proven.session)));
        }
        self.sessions.as_ref()?.cached(credential)
    }

    /// Drops the cache entry. The JWT itself stays valid until it expires; it cannot be revoked.
    async fn forget(&self, credential: &Credential) {
        self.verified.remove(&credential.cache_key(&self.hasher));
        if let (Some(sessions), Some(session)) = (&self.sessions, credential.session()) {
            sessions.forget(session).await;
        }
    }

    fn forget_session(&self, session: Uuid) {
        if let Some(sessions) = &self.sessions {
            sessions.forget_session(session);
        }
    }

    fn forget_identity(&self, identity: Uuid) {
        if let Some(sessions) = &self.sessions {
            sessions.forget_identity(identity);
        }
    }

    fn forget_all(&self) {
        if let Some(sessions) = &self.sessions {
            sessions.forget_all();
        }
    }
}

impl fmt::Debug for JwtResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { jwks, rules, .. } = self;
        f.debug_struct("JwtResolver").field("jwks", jwks).field("rules", rules).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The store may keep an entry for longer than it is valid.
    #[test]
    fn an_expired_entry_is_not_a_hit() {
        let jwks = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
        let resolver = JwtResolver::new(Jwks::from_json(jwks).unwrap());
        let credential = Credential::jwt("eyJ.a.b");
        let now = crate::clock::now();
        let hour = time::Duration::hours(1);
        for (end, hit) in [(*now - hour, false), (*now + hour, true)] {
            let session = Session::new(uuid::Uuid::nil());
            let entry = CachedSession::new(Some(Arc::new(session)), end.into());
            let entry = entry.with_keep_until((*now + hour).into());
            resolver.verified.put(credential.cache_key(&resolver.hasher), entry);
            assert_eq!(resolver.cached(&credential).is_some(), hit);
        }
    }
}
