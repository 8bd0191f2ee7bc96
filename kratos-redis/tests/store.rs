//! The store on every server that is installed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod cluster;
mod deployments;
mod server;

use bytes::Bytes;
use kratos_core::fleet::{FleetStore, Generation, StoreErrorKind};
use kratos_redis::RedisStore;

use server::{Server, programs};

/// A server of each program.
fn servers() -> Vec<Server> {
    programs().into_iter().map(Server::start).collect()
}

fn store(server: &Server) -> RedisStore {
    RedisStore::new(&server.url()).unwrap()
}

async fn generation(store: &RedisStore) -> Generation {
    // The first read after a failure may still meet the old connection.
    for _ in 0..100 {
        if let Ok(page) = store.read(None, 1).await {
            return page.generation;
        }
    }
    store.read(None, 1).await.unwrap().generation
}

#[tokio::test]
async fn conforms() {
    for server in servers() {
        kratos_testkit::fleet::conformance(async || store(&server)).await;
        kratos_testkit::fleet::conformance(async || store(&server).with_prefix("{shop}")).await;
    }
}

/// A restart may have lost what was acknowledged, whether or not the data came back.
#[tokio::test]
async fn a_restart_is_another_generation() {
    for mut server in servers() {
        let (here, there) = (store(&server), store(&server));
        for keep in [false, true] {
            let before = generation(&here).await;
            assert_eq!(generation(&there).await, before);
            here.append(&[Bytes::from_static(b"a")]).await.unwrap();
            server.restart(keep);
            let after = generation(&here).await;
            assert_ne!(after, before, "keep: {keep}");
            assert_eq!(generation(&there).await, after);
            assert_eq!(generation(&store(&server)).await, after, "a process that joins late");
        }
        let before = generation(&here).await;
        server.cli(&["flushall"]);
        let after = generation(&here).await;
        assert_ne!(after, before, "flushed");
        assert_eq!(generation(&there).await, after);
    }
}

/// Its `run_id` is the same, and no connection ended: what it acknowledged before may have been lost all the same.
#[tokio::test]
async fn a_master_that_was_a_replica_meanwhile_is_another_generation() {
    for server in servers() {
        let store = store(&server);
        let before = generation(&store).await;
        // Of a master that is not there: it keeps its data.
        server.cli(&["replicaof", "127.0.0.1", "1"]);
        assert_eq!(store.read(None, 1).await.unwrap_err().kind(), StoreErrorKind::Refused, "a replica");
        server.cli(&["config", "set", "replica-read-only", "no"]);
        assert_eq!(store.read(None, 1).await.unwrap_err().kind(), StoreErrorKind::Refused, "one that writes");
        server.cli(&["replicaof", "no", "one"]);
        assert_ne!(generation(&store).await, before);
    }
}

/// A server that would not accept a revocation is away for readers too.
#[tokio::test]
async fn a_full_server_is_not_read() {
    for server in servers() {
        let store = store(&server);
        generation(&store).await;
        server.cli(&["config", "set", "maxmemory", "1"]);
        assert_eq!(store.read(None, 1).await.unwrap_err().kind(), StoreErrorKind::Refused);
        assert_eq!(store.append(&[Bytes::new()]).await.unwrap_err().kind(), StoreErrorKind::Refused);
        server.cli(&["config", "set", "maxmemory", "0"]);
        server.cli(&["config", "set", "min-replicas-to-write", "1"]);
        assert_eq!(store.read(None, 1).await.unwrap_err().kind(), StoreErrorKind::Refused, "cut off");
        server.cli(&["config", "set", "min-replicas-to-write", "0"]);
        generation(&store).await;
    }
}

/// The commands and keys that the README names suffice.
#[tokio::test]
async fn a_user_of_its_own_suffices() {
    for server in servers() {
        let rights = "acl setuser shop on >secret ~shop:* +get +set +xadd +xrange +info";
        server.cli(&rights.split(' ').collect::<Vec<_>>());
        let url = format!("redis+{}?user=shop&pass=secret", server.url());
        let open = async || RedisStore::new(&url).unwrap().with_prefix("shop");
        kratos_testkit::fleet::conformance(open).await;
        let other = RedisStore::new(&url).unwrap().with_prefix("other");
        let error = other.read(None, 1).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Refused);
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

#[tokio::test]
async fn an_absent_server_is_unavailable() {
    let store = RedisStore::new("redis://127.0.0.1:1/").unwrap();
    assert_eq!(store.read(None, 1).await.unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert!(RedisStore::new("http://127.0.0.1:1/").is_err());
}
