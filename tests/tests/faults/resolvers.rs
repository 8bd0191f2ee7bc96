//! The resolvers of the matrix, all with the same upstream.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use async_trait::async_trait;
use kratos_core::{
    Kratos,
    credential::{CacheKeyHasher, Credential, CredentialReader},
    model::Session,
    resolve::{
        CachingResolver, CircuitBreaker, Freshness, HttpResolver, JwtResolver, Resolution, ResolveError,
        Resolved, SecondFactor, SessionResolver,
    },
};

use super::{
    cell::{Cell, Resolver},
    fault, token,
};

/// The resolvers before one Kratos. Its cells share what is costly to build, and no state: each has its own cache keys,
/// and meets the fault itself.
pub struct Resolvers {
    live: HttpResolver,
    remembering: CachingResolver,
    remembering_briefly: CachingResolver,
    tokens: Arc<JwtResolver>,
}

impl Resolvers {
    pub fn before(kratos: &HttpResolver) -> Self {
        let never = CircuitBreaker::new().with_max_in_flight(usize::MAX).with_failure_threshold(u32::MAX);
        let live = kratos.clone().with_breaker(never);
        let cache = |age| CachingResolver::new(OnceWell(live.clone()), age);
        Self {
            remembering: cache(HOUR),
            remembering_briefly: cache(Duration::from_millis(1)).with_stale_if_error(HOUR),
            tokens: Arc::new(token::with_keys().with_sessions(live.clone())),
            live,
        }
    }

    /// The application's setup for this cell's credential and resolver.
    pub async fn sessions(&self, cell: &Cell) -> Kratos {
        let own = |cache: &CachingResolver| cache.clone().with_hasher(CacheKeyHasher::random());
        let sessions = match cell.resolver {
            Resolver::Live => Kratos::from_resolver(self.live.clone()),
            Resolver::Cached => Kratos::from_resolver(own(&self.remembering)),
            Resolver::Warm => Kratos::from_resolver(warmed(cell, own(&self.remembering)).await),
            Resolver::Stale => {
                let cache = warmed(cell, own(&self.remembering_briefly)).await;
                tokio::time::sleep(Duration::from_millis(3)).await;
                Kratos::from_resolver(cache)
            }
            Resolver::Token => return token::sessions(Arc::clone(&self.tokens)),
        };
        sessions.with_app(APP).unwrap().with_browser_url(AUTH).unwrap()
    }
}

/// The application, and Kratos as browsers reach it: the target of every redirect.
pub const APP: &str = "https://app.example";
pub const AUTH: &str = "https://auth.example";

/// The responses of Kratos before the fault.
static BEFORE: LazyLock<Arc<Session>> =
    LazyLock::new(|| Arc::new(serde_json::from_value(fault::whoami()).unwrap()));

const HOUR: Duration = Duration::from_secs(3600);

async fn warmed(cell: &Cell, cache: CachingResolver) -> CachingResolver {
    let headers = cell.headers().into_iter();
    let headers: http::HeaderMap =
        headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let Some(credential) = CredentialReader::default().read(&headers).unwrap() else {
        return cache;
    };
    let found = WELL.scope((), cache.resolve(&credential, Freshness::Cached)).await.unwrap();
    assert!(matches!(found.resolution, Resolution::Active(_)));
    cache
}

tokio::task_local! {
    /// Kratos is healthy while this is set.
    static WELL: ();
}

/// A Kratos that answers until the fault begins.
struct OnceWell(HttpResolver);

#[async_trait]
impl SessionResolver for OnceWell {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        if WELL.try_get().is_ok() {
            return Ok(Resolved::new(Resolution::Active(Arc::clone(&BEFORE))));
        }
        self.0.resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.second_factor(credential).await
    }
}
