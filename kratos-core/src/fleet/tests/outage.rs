use bytes::Bytes;

use super::*;
use crate::{
    credential::CacheKey,
    fleet::{Lease, LogPage, LogPosition, StoreError, StoreErrorKind},
};

/// A bound that lapses while the test waits.
fn hasty(store: &InProcessStore) -> Fleet {
    Fleet::new(store.clone()).with_bound(Duration::from_millis(100))
}

#[tokio::test]
async fn without_the_store_memory_is_ignored_and_nobody_is_signed_out() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let process = joined(&server, hasty(&store)).await;
    ask(&process, "a").await.unwrap();
    store.set_away(true);
    until(|| !member(&process).is_heard()).await;
    let before = server.calls();
    assert_eq!(ask(&process, "a").await.unwrap(), 1);
    assert_eq!(ask(&process, "a").await.unwrap(), 1);
    assert_eq!(server.calls(), before + 2);
    server.revoke("a");
    assert_eq!(ask(&process, "a").await.unwrap(), 0);
    store.set_away(false);
    until(|| member(&process).is_heard()).await;
}

#[tokio::test]
async fn memory_is_used_again_once_the_log_was_read_up() {
    let (server, store) = (Server::with(&[("a", 1), ("b", 2)]), InProcessStore::new());
    // Slow machines may lapse the bound at any time: only what must not be served is asserted.
    let processes = [joined(&server, hasty(&store)).await, joined(&server, hasty(&store)).await];
    for token in ["a", "b"] {
        ask(&processes[1], token).await.unwrap();
    }
    store.set_away(true);
    server.revoke("a");
    let error = member(&processes[0]).forget_session(Uuid::from_u128(1)).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unavailable);
    store.set_away(false);
    // The revocation is repeated until the store has it.
    member(&processes[0]).published().await;
    until(|| member(&processes[1]).is_heard() && !is_cached(&processes[1], "a")).await;
    until(|| is_cached(&processes[1], "b")).await;
    assert_eq!(ask(&processes[1], "a").await.unwrap(), 0);
}

/// What the application chose for outages of the store: Kratos is asked as little as before.
#[tokio::test]
async fn fail_cached_uses_memory() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let process = joined(&server, hasty(&store).fail_cached()).await;
    ask(&process, "a").await.unwrap();
    store.set_away(true);
    until(|| !member(&process).is_heard()).await;
    assert!(is_cached(&process, "a"));
    store.restart();
    until(|| !is_cached(&process, "a")).await;
}

/// More revocations than the process keeps are replaced by one of everything. Once the store has it, its entries are used again.
#[tokio::test]
async fn after_too_many_revocations_the_store_is_used_again() {
    let (server, store) = (Server::with(&[("a", 1), ("b", 2)]), InProcessStore::new());
    let [one, other] = [joined(&server, fleet(&store)).await, joined(&server, fleet(&store)).await];
    ask(&one, "b").await.unwrap();
    stored(&store, 1).await;
    ask(&other, "b").await.unwrap();
    store.set_away(true);
    // Three times as many as wait to be sent.
    for number in 0..30_100 {
        one.forget_session(Uuid::from_u128(1000 + number));
    }
    store.set_away(false);
    until(|| !is_cached(&one, "b") && !is_cached(&other, "b")).await;
    ask(&other, "a").await.unwrap();
    stored(&store, 2).await;
    let before = server.calls();
    assert_eq!(ask(&one, "a").await.unwrap(), 1);
    assert_eq!(server.calls(), before);
}

/// An [`InProcessStore`] that answers appends only while it is not stuck.
#[derive(Clone, Default)]
struct Stuck(InProcessStore, Arc<AtomicBool>);

#[async_trait]
impl FleetStore for Stuck {
    async fn get(&self, key: &CacheKey) -> Result<Option<Bytes>, StoreError> {
        self.0.get(key).await
    }

    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError> {
        self.0.put(key, entry, ttl).await
    }

    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError> {
        self.0.lease(key, time).await
    }

    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError> {
        self.0.open_lease(key, time).await
    }

    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError> {
        while self.1.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.0.append(records).await
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        self.0.read(after, limit).await
    }

    async fn changed(&self, at_most: Duration) {
        self.0.changed(at_most).await;
    }
}

/// A revocation whose caller goes away reaches the fleet, and the store is used again.
#[tokio::test]
async fn a_dropped_revocation_is_told_all_the_same() {
    let (server, store) = (Server::with(&[("a", 1), ("b", 2), ("c", 3)]), Stuck::default());
    let [one, other] = [joined(&server, fleet(&store)).await, joined(&server, fleet(&store)).await];
    ask(&one, "a").await.unwrap();
    stored(&store.0, 1).await;
    ask(&other, "a").await.unwrap();
    store.1.store(true, Ordering::SeqCst);
    tokio::time::timeout(Duration::from_millis(10), member(&one).forget_all()).await.unwrap_err();
    store.1.store(false, Ordering::SeqCst);
    until(|| !is_cached(&one, "a") && !is_cached(&other, "a")).await;
    // The log is in order: a process that dropped this one has read its own revocation.
    ask(&one, "b").await.unwrap();
    until(|| is_cached(&one, "b")).await;
    member(&other).forget_session(Uuid::from_u128(2)).await.unwrap();
    until(|| !is_cached(&one, "b")).await;
    ask(&other, "c").await.unwrap();
    stored(&store.0, 3).await;
    let before = server.calls();
    assert_eq!(ask(&one, "c").await.unwrap(), 3);
    assert_eq!(server.calls(), before);
}

/// Both are away: an error, and no session from before.
#[tokio::test]
async fn stale_sessions_need_the_log() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let kratos = Kratos::from_resolver(server.clone()).with_secret([7; 32]).unwrap().with_cache(MINUTE);
    let kratos = kratos.with_stale_if_error(MINUTE).with_fleet(hasty(&store)).unwrap();
    member(&kratos).ready().await;
    ask(&kratos, "a").await.unwrap();
    store.set_away(true);
    until(|| !member(&kratos).is_heard()).await;
    server.0.is_down.store(true, Ordering::SeqCst);
    assert!(ask(&kratos, "a").await.is_err());
}

/// One call a credential and process at a time.
#[tokio::test]
async fn an_outage_of_the_store_is_no_pile_up() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    store.set_away(true);
    *server.0.pause.lock().unwrap() = Duration::from_millis(200);
    let process = process(&server, fleet(&store));
    let asked: Vec<_> = (0..100)
        .map(|_| {
            let process = process.clone();
            tokio::spawn(async move { ask(&process, "a").await.unwrap() })
        })
        .collect();
    for answer in asked {
        assert_eq!(answer.await.unwrap(), 1);
    }
    assert!(server.calls() < 10, "{}", server.calls());
}

/// A runtime that ends takes the reader of the log with it; the next request starts another.
#[test]
fn the_reader_moves_to_another_runtime() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let kratos = process(&server, fleet(&store));
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            member(&kratos).ready().await;
            assert_eq!(ask(&kratos, "a").await.unwrap(), 1);
        });
        drop(runtime);
        store.restart();
        // What was heard does not lapse in a minute; the reader is gone all the same.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            member(&kratos).published().await;
            until(|| !is_cached(&kratos, "a")).await;
        });
    }
}
