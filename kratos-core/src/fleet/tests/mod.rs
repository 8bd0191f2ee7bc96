//! Several [`Kratos`] values in one process, as a fleet.

mod arithmetic;
mod outage;
mod protocol;
mod sharing;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use uuid::Uuid;

use super::{Fleet, FleetMember, FleetStore, InProcessStore};
use crate::{
    Kratos,
    credential::Credential,
    model::{Identity, Session},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};

/// Sessions by session token, and how often they were asked for.
#[derive(Clone, Default)]
struct Server(Arc<Sessions>);

#[derive(Default)]
struct Sessions {
    by_token: Mutex<HashMap<&'static str, u128>>,
    calls: AtomicUsize,
    is_down: AtomicBool,
    pause: Mutex<Duration>,
}

impl Server {
    fn with(sessions: &[(&'static str, u128)]) -> Self {
        let server = Self::default();
        server.0.by_token.lock().unwrap().extend(sessions.iter().copied());
        server
    }

    fn revoke(&self, token: &str) {
        self.0.by_token.lock().unwrap().remove(token);
    }

    fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SessionResolver for Server {
    async fn resolve(&self, credential: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        let pause = *self.0.pause.lock().unwrap();
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        if self.0.is_down.load(Ordering::SeqCst) {
            return Err(ResolveError::unavailable("down"));
        }
        let sessions = self.0.by_token.lock().unwrap().clone();
        let found = sessions.into_iter().find(|(token, _)| Credential::session_token(*token) == *credential);
        let Some((_, id)) = found else { return Ok(Resolved::new(Resolution::Anonymous)) };
        let mut session = Session::new(Uuid::from_u128(id));
        session.identity = Some(Arc::new(Identity::new(Uuid::from_u128(100 + id))));
        Ok(Resolved::new(Resolution::Active(Arc::new(session))))
    }
}

const MINUTE: Duration = Duration::from_secs(60);
/// Long enough that no machine exceeds it by being slow: what a test needs to lapse, it makes lapse.
const BOUND: Duration = MINUTE;

fn fleet(store: &(impl FleetStore + Clone + 'static)) -> Fleet {
    Fleet::new(store.clone()).with_bound(BOUND).with_timeout(Duration::from_secs(10))
}

fn process(server: &Server, fleet: Fleet) -> Kratos {
    let kratos = Kratos::from_resolver(server.clone()).with_secret([7; 32]).unwrap().with_cache(MINUTE);
    kratos.with_fleet(fleet).unwrap()
}

async fn joined(server: &Server, fleet: Fleet) -> Kratos {
    let kratos = process(server, fleet);
    member(&kratos).ready().await;
    kratos
}

fn member(kratos: &Kratos) -> FleetMember {
    kratos.fleet().unwrap()
}

/// The session that a process finds for a token; 0 for none. A [`Freshness::Cached`] request.
async fn ask(kratos: &Kratos, token: &str) -> Result<u128, ResolveError> {
    let credential = Credential::session_token(token);
    if let Some(cached) = kratos.resolver().cached(&credential) {
        return Ok(id(&cached));
    }
    kratos.resolver().resolve(&credential, Freshness::Cached).await.map(|resolved| id(&resolved))
}

fn id(resolved: &Resolved) -> u128 {
    resolved.resolution.active().map_or(0, |session| session.id.as_u128())
}

fn is_cached(kratos: &Kratos, token: &str) -> bool {
    kratos.resolver().cached(&Credential::session_token(token)).is_some()
}

/// Waits for what another task brings about.
async fn until(mut holds: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !holds() {
        assert!(begun.elapsed() < MINUTE / 2, "it holds before any entry ends by itself");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Waits until the entry of a token is in the store: writers work in the background.
async fn stored(store: &InProcessStore, entries: usize) {
    until(|| format!("{store:?}").contains(&format!("entries: {entries},"))).await;
}
