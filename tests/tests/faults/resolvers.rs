//! The resolvers of the matrix, all of them before the same Kratos.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use async_trait::async_trait;
use kratos_core::{
    Sessions,
    credential::{Credential, CredentialReader},
    model::Session,
    policy::Links,
    resolve::{
        CachingResolver, CircuitBreaker, Freshness, HttpResolver, Resolution, ResolveError, Resolved,
        SecondFactor, SessionResolver,
    },
};
use tokio::sync::OnceCell;

use super::{
    cell::{Cell, Resolver},
    fault, token,
};

/// The sessions of an application that shows this cell's credential to this cell's resolver.
pub async fn sessions(cell: &Cell, kratos: &HttpResolver) -> Sessions {
    // A cell is not to be spared its fault by the ones before it.
    let live = kratos.clone().with_breaker(CircuitBreaker::new());
    let sessions = match cell.resolver {
        Resolver::Live => Sessions::new(live),
        Resolver::Cached => Sessions::new(CachingResolver::new(live, HOUR)),
        Resolver::Warm => Sessions::new(warmed(cell, CachingResolver::new(Once::before(live), HOUR)).await),
        Resolver::Stale => {
            let cache = CachingResolver::new(Once::before(live), Duration::from_millis(1));
            let cache = warmed(cell, cache.with_stale_if_error(HOUR)).await;
            tokio::time::sleep(Duration::from_millis(3)).await;
            Sessions::new(cache)
        }
        Resolver::Token => return token::sessions(token::with_keys().with_sessions(live)),
    };
    sessions.with_links(LINKS.clone())
}

/// Where everybody is led.
pub static LINKS: LazyLock<Links> =
    LazyLock::new(|| Links::new("https://app.example", "https://auth.example").unwrap());

/// What a Kratos said before it fell ill.
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
    let found = cache.resolve(&credential, Freshness::Cached).await.unwrap();
    assert!(matches!(found.resolution, Resolution::Active(_)));
    cache
}

/// A Kratos that answered once, before it fell ill.
struct Once {
    first: OnceCell<()>,
    then: HttpResolver,
}

impl Once {
    fn before(then: HttpResolver) -> Self {
        Self { first: OnceCell::new(), then }
    }
}

#[async_trait]
impl SessionResolver for Once {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        if self.first.set(()).is_ok() {
            return Ok(Resolved::new(Resolution::Active(Arc::clone(&BEFORE))));
        }
        self.then.resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.then.second_factor(credential).await
    }
}
