//! A fleet whose revocation is lost by a failover.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Request};
use kratos_core::{
    Kratos,
    credential::CacheKey,
    fleet::{Fleet, FleetStore, Lease, LogPage, LogPosition, StoreError},
    policy::RequestView,
};
use kratos_redis::RedisStore;
use kratos_testkit::{AsUser as _, TestKratos, TestSession};

use super::{
    LOG,
    nodes::{clusters, wait},
};

/// The default of `Fleet`.
const BOUND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

/// A store whose log is not read for a while, as over a network that drops packets.
#[derive(Clone)]
struct Deaf(RedisStore, Arc<AtomicBool>);

#[async_trait]
impl FleetStore for Deaf {
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
        self.0.append(records).await
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(StoreError::timeout());
        }
        self.0.read(after, limit).await
    }
}

struct Process {
    kratos: Kratos,
    is_deaf: Arc<AtomicBool>,
}

impl Process {
    async fn start(server: &TestKratos, store: RedisStore) -> Self {
        let is_deaf = Arc::<AtomicBool>::default();
        let store = Deaf(store, Arc::clone(&is_deaf));
        let kratos = Kratos::new(server.public_url()).unwrap().with_secret([7; 32]).unwrap();
        let kratos = kratos.with_cache(HOUR).with_fleet(Fleet::new(store)).unwrap();
        let process = Self { kratos, is_deaf };
        process.ready().await;
        process
    }

    async fn ready(&self) {
        let ready = tokio::time::timeout(Duration::from_secs(60), self.kratos.fleet().unwrap().ready()).await;
        assert!(ready.is_ok(), "the log is not read again");
    }

    /// Whether the user is served; a failure is neither yes nor no.
    async fn serves(&self, session: &TestSession) -> bool {
        let request = Request::get("/").as_user(session).body(()).unwrap();
        let headers: &HeaderMap = request.headers();
        let request = self.kratos.request(headers);
        let found = request.optional_session(&RequestView::new("GET", "/", headers)).await;
        found.unwrap_or_else(|refused| panic!("{refused:?}")).is_some()
    }
}

/// One process heard nothing of the revocation when the log's master died, and its replica lacks it. No process serves the
/// session past the bound, and no other user is refused, during and after the failover.
#[tokio::test]
async fn a_revocation_that_a_failover_loses_is_in_effect() {
    for mut cluster in clusters(1).await {
        let master = cluster.owner(LOG);
        let replica = cluster.add_replica_of(master).await;
        let server = TestKratos::start().await.unwrap();
        let processes =
            [Process::start(&server, cluster.store()).await, Process::start(&server, cluster.store()).await];
        let [here, there] = &processes;
        let (ada, ben) = (server.sign_in("ada@example.org"), server.sign_in("ben@example.org"));
        for process in &processes {
            assert!(process.serves(&ada).await && process.serves(&ben).await);
        }
        wait(|| cluster.replicated(master), "everything is at the replica").await;
        cluster.cut_off(master, replica).await;
        there.is_deaf.store(true, Ordering::SeqCst);

        server.revoke(ada.id());
        here.kratos.fleet().unwrap().forget_session(ada.id()).await.unwrap();
        let acknowledged = Instant::now();
        cluster.kill(master);
        there.is_deaf.store(false, Ordering::SeqCst);

        let (mut is_over, mut late) = (false, 0);
        // As long as it takes.
        for _ in 0..600 {
            // Not of the deaf one: as it calls Kratos meanwhile, it would learn of it.
            let begun = Instant::now();
            if here.serves(&ada).await && begun.duration_since(acknowledged) > BOUND {
                late += 1;
            }
            for process in &processes {
                assert!(process.serves(&ben).await, "a user is logged out");
            }
            if is_over {
                break;
            }
            is_over = cluster.cli(replica, &["info", "replication"]).contains("role:master");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(is_over, "no failover");
        for process in &processes {
            process.ready().await;
            assert!(!process.serves(&ada).await, "memory is used again as if nothing was lost");
            assert!(process.serves(&ben).await);
        }
        assert_eq!(late, 0, "a session was served past the bound");
        // The log that the processes read again: it holds.
        server.revoke(ben.id());
        there.kratos.fleet().unwrap().forget_session(ben.id()).await.unwrap();
        tokio::time::sleep(BOUND).await;
        assert!(!here.serves(&ben).await);
    }
}
