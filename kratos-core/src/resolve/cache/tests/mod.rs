use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use tokio::{sync::Semaphore, task::JoinHandle};
use uuid::Uuid;

use super::CachingResolver;
use crate::{
    credential::Credential,
    model::{Identity, Session},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};

mod forgetting;
mod lookup;
mod outage;
mod request;
mod store;

const MINUTE: Duration = Duration::from_secs(60);

/// Gives its answers in turn, then repeats the last. Each call waits for a permit.
#[derive(Clone)]
struct Script(Arc<Inner>);

struct Inner {
    answers: Vec<Result<Resolved, ResolveError>>,
    calls: AtomicUsize,
    gate: Semaphore,
}

impl Script {
    fn new(answers: impl Into<Vec<Result<Resolved, ResolveError>>>) -> Self {
        let gate = Semaphore::new(Semaphore::MAX_PERMITS);
        Self(Arc::new(Inner { answers: answers.into(), calls: AtomicUsize::new(0), gate }))
    }

    /// A script whose calls wait until it is opened.
    fn closed(answers: impl Into<Vec<Result<Resolved, ResolveError>>>) -> Self {
        let script = Self::new(answers);
        script.0.gate.forget_permits(Semaphore::MAX_PERMITS);
        script
    }

    fn open(&self) {
        self.0.gate.add_permits(1000);
    }

    fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SessionResolver for Script {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        let call = self.0.calls.fetch_add(1, Ordering::SeqCst);
        let _permit = self.0.gate.acquire().await.unwrap();
        self.0.answers[call.min(self.0.answers.len() - 1)].clone()
    }
}

fn active(id: u128) -> Result<Resolved, ResolveError> {
    let mut session = Session::new(Uuid::from_u128(id));
    session.identity = Some(Arc::new(Identity::new(Uuid::from_u128(100 + id))));
    Ok(Resolved::new(Resolution::Active(Arc::new(session))))
}

fn anonymous() -> Result<Resolved, ResolveError> {
    Ok(Resolved::new(Resolution::Anonymous))
}

fn down() -> Result<Resolved, ResolveError> {
    Err(ResolveError::unavailable("down"))
}

fn credential(of: &str) -> Credential {
    Credential::session_token(of)
}

async fn ask(resolver: &CachingResolver, of: &str) -> Result<Resolved, ResolveError> {
    resolver.resolve(&credential(of), Freshness::Cached).await
}

/// The id of the session that was found; 0 without one.
fn id(outcome: &Result<Resolved, ResolveError>) -> u128 {
    match &outcome.as_ref().unwrap().resolution {
        Resolution::Active(session) => session.id.as_u128(),
        _ => 0,
    }
}

/// Resolves in a task of its own.
fn spawn(cache: &CachingResolver, of: &'static str) -> JoinHandle<Result<Resolved, ResolveError>> {
    let cache = cache.clone();
    tokio::spawn(async move { ask(&cache, of).await })
}
