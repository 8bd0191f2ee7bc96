//! The resolver that checks tokens.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;

use super::{
    Jwks, JwtAlgorithm, claims,
    verify::{Fault, Rules, Unverified},
};
use crate::{
    credential::{CacheKeyHasher, Credential},
    metrics::{self, Cache, Lookup},
    model::Session,
    resolve::{
        CachedSession, Freshness, MemoryStore, Resolution, ResolveError, Resolved, SecondFactor,
        SessionResolver, SessionStore as _,
    },
};

/// Finds sessions in Kratos' tokenised JWTs (`whoami?tokenize_as=TEMPLATE`) without asking Kratos, and by another
/// resolver for every other credential.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use kratos_core::{Kratos, credential::CredentialReader, resolve::*};
///
/// let kratos = HttpResolver::new("http://127.0.0.1:4433")?;
/// let keys = Jwks::from_url("https://auth.example/.well-known/kratos-tokens.json")?;
/// let tokens = JwtResolver::new(keys)
///     .with_issuer("https://auth.example/")
///     .with_sessions(CachingResolver::new(kratos, Duration::from_secs(10)));
/// let sessions = Kratos::from_resolver(tokens).with_credentials(CredentialReader::default().with_jwt());
/// # Ok(())
/// # }
/// ```
///
/// What it costs: a token stands for its session until it expires, whatever becomes of the session: revoked, signed
/// out, changed. The template's `ttl` is how long; minutes are usual.
///
/// Who asks for a live session (privileged, AAL2 and
/// [`with_live_session`](crate::policy::Requirement::with_live_session)) gets none from a token: Kratos is asked with
/// the session cookie beside it, which has to be of the same session. Without one the answer is 403.
///
/// A token that is malformed, expired, of another issuer, for another audience or signed by another key is "not
/// signed in". As long as no key could be read at all, nobody can tell: 503.
///
/// The session has what the claims tell: by default its id and the identity's. A claims mapper that adds the whole
/// session (`claims: {session: std.extVar('session')}`) gives traits, level and times too. Claims that are no field
/// of a session are in [`Session::extra`]. Its `expires_at` is not after the token's.
pub struct JwtResolver {
    jwks: Jwks,
    rules: Rules,
    sessions: Option<Arc<dyn SessionResolver>>,
    claims_when_live: bool,
    verified: MemoryStore,
    hasher: CacheKeyHasher,
    /// The JWKS' withdrawals that `verified` knows of.
    withdrawals: AtomicU64,
}

/// How far clocks may differ.
const LEEWAY: Duration = Duration::from_secs(5);
/// 16 MiB: some 10,000 tokens.
const CAPACITY: u64 = 16 * 1024 * 1024;

impl JwtResolver {
    /// Tokens signed by these keys, by every [`JwtAlgorithm`], of any issuer, without an audience.
    #[must_use]
    pub fn new(jwks: Jwks) -> Self {
        let rules = Rules {
            algorithms: JwtAlgorithm::ALL.to_vec(),
            issuers: Vec::new(),
            audiences: Vec::new(),
            leeway: LEEWAY,
        };
        Self {
            jwks,
            rules,
            sessions: None,
            claims_when_live: false,
            verified: MemoryStore::with_capacity(CAPACITY),
            hasher: CacheKeyHasher::random(),
            withdrawals: AtomicU64::new(0),
        }
    }

    /// Allows these algorithms and no other. Default: all, each with keys made for it.
    #[must_use]
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = JwtAlgorithm>) -> Self {
        self.rules.algorithms = algorithms.into_iter().collect();
        self
    }

    /// Asks for this issuer (`iss`), or one of several when called again. Kratos claims its public URL
    /// (`serve.public.base_url`, with its slash), unless the claims mapper says otherwise. Default: any; whoever has
    /// the keys is trusted.
    #[must_use]
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.rules.issuers.push(issuer.into());
        self
    }

    /// Asks for this audience (`aud`), or one of several when called again. Kratos claims none unless the claims
    /// mapper does. Default: tokens that name an audience are refused, for they are meant for somebody else.
    #[must_use]
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.rules.audiences.push(audience.into());
        self
    }

    /// How far this clock and Kratos' may differ. Default 5 s. A token counts for so much longer than it says.
    #[must_use]
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.rules.leeway = leeway;
        self
    }

    /// How many bytes of verified tokens to remember, each until it expires. Default 16 MiB. Checking a token anew
    /// costs some 0.1 ms.
    #[must_use]
    pub fn with_capacity(mut self, bytes: u64) -> Self {
        self.verified = MemoryStore::with_capacity(bytes);
        self
    }

    /// Who answers for session cookies and session tokens, and who is asked live. Default: nobody; such credentials
    /// open nothing then.
    #[must_use]
    pub fn with_sessions(mut self, resolver: impl SessionResolver + 'static) -> Self {
        self.sessions = Some(Arc::new(resolver));
        self
    }

    /// Lets a token's own claims answer where a live session is asked for and the request shows no session beside
    /// it. Default: off. What they lack is still refused: a level (`authenticator_assurance_level`) and times
    /// (`authenticated_at`) are there only if the claims mapper adds them. A session that was revoked or lowered
    /// stays as it was until its token expires, on these routes too.
    #[must_use]
    pub fn with_insecure_claims_when_live(mut self) -> Self {
        self.claims_when_live = true;
        self
    }

    fn remembered(&self, token: &Credential) -> Option<Arc<Session>> {
        let entry = self.verified.get(&token.cache_key(&self.hasher))?;
        let session = entry.session.filter(|_| entry.fresh_until > crate::clock::now())?;
        metrics::lookup(Cache::Tokens, Lookup::Hit);
        Some(session)
    }

    /// The session of a token, checked now or before. `Ok(None)`: it opens none.
    async fn verified(&self, token: &Credential, jwt: &[u8]) -> Result<Option<Arc<Session>>, ResolveError> {
        if let Some(session) = self.remembered(token) {
            return Ok(Some(session));
        }
        metrics::lookup(Cache::Tokens, Lookup::Miss);
        let session = match self.verify(jwt).await? {
            Ok(session) => Arc::new(session),
            Err(fault) => {
                metrics::refused_token(fault.label());
                tracing::debug!(target: "kratos", %fault, "a token opens no session");
                return Ok(None);
            }
        };
        if let Some(end) = session.expires_at.filter(|end| *end > crate::clock::now()) {
            let entry = CachedSession::new(Some(Arc::clone(&session)), end);
            self.verified.put(token.cache_key(&self.hasher), entry);
        }
        Ok(Some(session))
    }

    async fn verify(&self, jwt: &[u8]) -> Result<Result<Session, Fault>, ResolveError> {
        let token = match Unverified::read(jwt, &self.rules) {
            Ok(token) => token,
            Err(fault) => return Ok(Err(fault)),
        };
        let keys = self.jwks.keys(token.key.as_deref(), token.algorithm).await?;
        let withdrawals = self.jwks.withdrawals();
        if self.withdrawals.swap(withdrawals, Ordering::SeqCst) != withdrawals {
            self.verified.clear();
        }
        let now = crate::clock::now();
        Ok(token.verify(&keys).and_then(|claims| {
            let end = self.rules.check(&claims, now)?;
            claims::session(claims, end, now)
        }))
    }

    /// Asks Kratos for the session of a good token, by what came beside it.
    async fn live(&self, token: &Credential, proven: Arc<Session>) -> Result<Resolved, ResolveError> {
        let (Some(sessions), Some(shown)) = (&self.sessions, token.session()) else {
            return Ok(by_token(match self.claims_when_live {
                true => Resolution::Active(proven),
                false => Resolution::Unconfirmed(proven),
            }));
        };
        let mut found = sessions.resolve(shown, Freshness::Live).await?;
        if let Resolution::Active(session) = &found.resolution {
            if session.id != proven.id {
                // Two people in one request: the token's is not the cookie's.
                return Ok(by_token(Resolution::Unconfirmed(proven)));
            }
            // A cache around this resolver must not remember the token past its end.
            let end = proven.expires_at.unwrap_or_else(crate::clock::now);
            let left = Duration::try_from(*end - *crate::clock::now()).unwrap_or_default();
            found.cache_for = Some(found.cache_for.map_or(left, |leave| leave.min(left)));
        }
        Ok(found)
    }
}

/// An answer that Kratos was not asked for.
fn by_token(resolution: Resolution) -> Resolved {
    Resolved { live: false, ..Resolved::new(resolution) }
}

#[async_trait]
impl SessionResolver for JwtResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let Some(jwt) = credential.as_jwt() else {
            return match &self.sessions {
                Some(sessions) => sessions.resolve(credential, freshness).await,
                None => Ok(by_token(Resolution::Anonymous)),
            };
        };
        match (self.verified(credential, jwt).await?, freshness) {
            (None, _) => Ok(by_token(Resolution::Anonymous)),
            (Some(session), Freshness::Cached) => Ok(by_token(Resolution::Active(session))),
            (Some(session), Freshness::Live) => self.live(credential, session).await,
        }
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        match (&self.sessions, credential.session()) {
            (Some(sessions), Some(shown)) => sessions.second_factor(shown).await,
            _ => Ok(SecondFactor::Unknown),
        }
    }

    fn cached(&self, credential: &Credential) -> Option<Resolved> {
        if credential.kind().is_jwt() {
            return self.remembered(credential).map(|session| by_token(Resolution::Active(session)));
        }
        self.sessions.as_ref()?.cached(credential)
    }

    /// Drops what is remembered. The token itself goes on until it expires: nothing takes it back.
    async fn forget(&self, credential: &Credential) {
        self.verified.remove(&credential.cache_key(&self.hasher));
        if let (Some(sessions), Some(shown)) = (&self.sessions, credential.session()) {
            sessions.forget(shown).await;
        }
    }
}

impl fmt::Debug for JwtResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { jwks, rules, .. } = self;
        f.debug_struct("JwtResolver").field("jwks", jwks).field("rules", rules).finish_non_exhaustive()
    }
}
