//! The store on the server that is installed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod server;

use std::io::Write as _;

use bytes::Bytes;
use kratos_core::fleet::{FleetStore, Generation, StoreErrorKind};
use kratos_postgres::PostgresStore;

use server::{Server, programs};

/// The server to run on. Without one, says so.
fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        // Not captured: who runs the tests is to see it.
        let mut stderr = std::io::stderr();
        let _ = writeln!(stderr, "NOT RUN: PostgreSQL is not installed (Debian: apt-get install postgresql)");
        assert!(std::env::var_os("KRATOS_ENGINES").is_none(), "KRATOS_ENGINES requires PostgreSQL");
        return None;
    };
    Some(Server::start(&programs))
}

async fn store(server: &Server) -> PostgresStore {
    let store = PostgresStore::new(&server.config()).unwrap();
    store.create_tables().await.unwrap();
    store
}

async fn generation(store: &PostgresStore) -> Generation {
    // The first read after a failure may still meet the old connection, or begin the generation.
    for _ in 0..10 {
        if let Ok(page) = store.read(None, 1).await {
            return page.generation;
        }
    }
    store.read(None, 1).await.unwrap().generation
}

#[tokio::test]
async fn conforms() {
    let Some(server) = start() else { return };
    kratos_testkit::fleet::conformance(async || store(&server).await).await;
    let other = async || {
        let store = store(&server).await.with_schema("the \"shop's\"");
        store.create_tables().await.unwrap();
        store
    };
    kratos_testkit::fleet::conformance(other).await;
}

/// The log outlives a crash, the entries do not. Both are of another generation.
#[tokio::test]
async fn a_crash_is_another_generation() {
    let Some(server) = start() else { return };
    let (here, there) = (store(&server).await, store(&server).await);
    let before = generation(&here).await;
    assert_eq!(generation(&there).await, before);
    here.append(&[Bytes::from_static(b"a")]).await.unwrap();
    server.crash();
    let after = generation(&here).await;
    assert_ne!(after, before);
    assert_eq!(generation(&there).await, after);
    assert_eq!(generation(&store(&server).await).await, after, "a process that joins late");
    assert_eq!(server.sql("SELECT count(*) FROM kratos_fleet.log"), "1");
}

#[tokio::test]
async fn a_server_that_takes_no_revocation_is_not_read() {
    let Some(server) = start() else { return };
    let here = store(&server).await;
    generation(&here).await;
    server.sql("ALTER DATABASE postgres SET default_transaction_read_only = on");
    // It holds for new connections.
    let other = PostgresStore::new(&server.config()).unwrap();
    let error = other.read(None, 1).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Refused);
    let error = other.append(&[Bytes::new()]).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Refused);
}

#[tokio::test]
async fn an_absent_server_is_unavailable_and_no_password_is_shown() {
    let store = PostgresStore::new("host=127.0.0.1 port=1 user=a password=hunter2").unwrap();
    let error = store.read(None, 1).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unavailable);
    let wrong = PostgresStore::new("host=127.0.0.1 port=x password=hunter2").unwrap_err();
    assert!(!format!("{error} {error:?} {store:?} {wrong:?}").contains("hunter2"));
}
