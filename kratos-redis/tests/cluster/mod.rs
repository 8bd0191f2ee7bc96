//! Clusters of three masters on loopback ports.

mod fleet;
mod nodes;

use std::{collections::BTreeSet, net::TcpListener, time::Duration};

use bytes::Bytes;
use kratos_core::{
    credential::{CacheKey, CacheKeyHasher, Credential},
    fleet::{FleetStore, Generation, LogPage},
};
use kratos_redis::RedisStore;

use nodes::{clusters, wait};

/// The keys of one slot.
const LOG: &str = "kratos:{kratos}:log";

fn key(number: usize) -> CacheKey {
    let hasher = CacheKeyHasher::with_secret([7; 16], "");
    Credential::session_token(format!("token {number}")).cache_key(&hasher)
}

fn record(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

fn texts(page: &LogPage) -> Vec<&str> {
    page.records.iter().map(|(_, record)| std::str::from_utf8(record).unwrap()).collect()
}

/// The first page that the cluster returns.
async fn page(store: &RedisStore) -> LogPage {
    let mut last = None;
    for _ in 0..600 {
        // As a fleet does: no call waits longer.
        match tokio::time::timeout(Duration::from_millis(500), store.read(None, 1000)).await {
            Ok(Ok(page)) => return page,
            other => last = Some(other),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the log is not read: {last:?}");
}

async fn generation(store: &RedisStore) -> Generation {
    page(store).await.generation
}

#[tokio::test]
async fn conforms_on_a_cluster() {
    for cluster in clusters(0).await {
        kratos_testkit::fleet::conformance(async || cluster.store()).await;
        let where_are = |pattern: &str| {
            let found = |node: &usize| !cluster.cli(*node, &["keys", pattern]).trim().is_empty();
            (0..3).filter(found).collect::<Vec<_>>()
        };
        for number in 0..30 {
            cluster.store().put(&key(number), record("x"), Duration::from_secs(60)).await.unwrap();
        }
        assert_eq!(where_are("kratos:e:*"), [0, 1, 2], "entries are spread");
        for name in ["log", "epoch", "probe"] {
            assert_eq!(where_are(&format!("kratos:{{kratos}}:{name}")), [cluster.owner(LOG)], "{name}");
        }

        // The commands and keys that the README names suffice.
        let rights = "acl setuser shop on >secret ~{shop}:* +get +set +xadd +xrange +info +ping +asking +cluster|slots";
        for node in 0..3 {
            assert_eq!(cluster.cli(node, &rights.split(' ').collect::<Vec<_>>()).trim(), "OK");
        }
        let urls = cluster.urls("shop:secret@");
        let open = async || RedisStore::cluster(&urls).unwrap().with_prefix("{shop}");
        kratos_testkit::fleet::conformance(open).await;
        assert_eq!(where_are("{shop}:*").len(), 1, "with a prefix in braces, all keys are in one slot");
        let error = RedisStore::cluster(&urls).unwrap().read(None, 1).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

/// The replica that takes over lacks a record that was acknowledged: another generation, and nothing of the old one before.
#[tokio::test]
async fn a_failover_is_another_generation() {
    for mut cluster in clusters(1).await {
        let master = cluster.owner(LOG);
        let replica = cluster.add_replica_of(master).await;
        let (here, there) = (cluster.store(), cluster.store());
        here.append(&[record("kept")]).await.unwrap();
        let before = generation(&here).await;
        assert_eq!(generation(&there).await, before);
        wait(|| cluster.replicated(master), "the record is at the replica").await;
        cluster.cut_off(master, replica).await;
        here.append(&[record("lost")]).await.unwrap();
        assert_eq!(texts(&page(&there).await), ["kept", "lost"]);

        cluster.kill(master);
        for store in [&here, &there] {
            let page = page(store).await;
            assert_ne!(page.generation, before);
            assert_eq!(texts(&page), ["kept"], "the record is lost, or this shows nothing");
        }
        assert_eq!(cluster.owner(LOG), replica);
        here.append(&[record("next")]).await.unwrap();
        assert_eq!(texts(&page(&there).await), ["kept", "next"]);
        assert_eq!(generation(&here).await, generation(&cluster.store()).await, "a process that joins late");
    }
}

/// A master that hangs keeps its connections: the log is read from its replica all the same, and from it no more.
#[tokio::test]
async fn a_failover_from_a_master_that_hangs_is_another_generation() {
    for cluster in clusters(1).await {
        let master = cluster.owner(LOG);
        let replica = cluster.add_replica_of(master).await;
        let store = cluster.store();
        let before = generation(&store).await;
        cluster.pause(master);
        let after = generation(&store).await;
        assert_ne!(after, before);
        store.append(&[record("a")]).await.unwrap();
        cluster.resume(master);
        let is_replica = || cluster.cli(master, &["info", "replication"]).contains("role:slave");
        wait(is_replica, "the old master follows the new one").await;
        let page = page(&store).await;
        assert_eq!((page.generation, texts(&page)), (after, vec!["a"]));
        assert_eq!(generation(&cluster.store()).await, after, "a process that joins late");
        assert_eq!(cluster.owner(LOG), replica);
    }
}

/// Entries of other nodes go on, and so does the log.
#[tokio::test]
async fn a_node_that_is_down_takes_only_its_entries() {
    for mut cluster in clusters(0).await {
        let store = cluster.store();
        let before = generation(&store).await;
        for number in 0..30 {
            store.put(&key(number), record("x"), Duration::from_secs(600)).await.unwrap();
        }
        let log = cluster.owner(LOG);
        let down = (log + 1) % 3;
        // Cut off: connections are kept, and nothing answers. Then gone: connections are refused.
        for is_gone in [false, true] {
            if is_gone {
                cluster.kill(down);
            } else {
                cluster.pause(down);
            }
            let mut away = BTreeSet::new();
            for number in 0..30 {
                let key = key(number);
                match tokio::time::timeout(Duration::from_millis(500), store.get(&key)).await {
                    Ok(Ok(entry)) => assert_eq!(entry, Some(record("x"))),
                    _ => drop(away.insert(number)),
                }
                assert_eq!(generation(&store).await, before, "gone: {is_gone}");
            }
            assert!((1..30).contains(&away.len()), "gone: {is_gone}: {away:?} are away");
            store.append(&[record("a")]).await.unwrap();
        }
    }
}

/// A machine whose port swallows what is sent to it: the connection that looks for it lets all calls wait. The log has another one.
#[tokio::test]
async fn a_node_that_swallows_calls_does_not_delay_the_log() {
    for mut cluster in clusters(0).await {
        let store = cluster.store();
        generation(&store).await;
        let down = (cluster.owner(LOG) + 1) % 3;
        cluster.kill(down);
        let _hole = TcpListener::bind(("127.0.0.1", cluster.port(down))).unwrap();
        let entries = async {
            for number in 0.. {
                let key = key(number);
                let put = store.put(&key, record("x"), Duration::from_secs(600));
                let _ = tokio::time::timeout(Duration::from_secs(3), put).await;
            }
        };
        let log = async {
            let mut read = 0;
            for _ in 0..40 {
                let page = tokio::time::timeout(Duration::from_millis(500), store.read(None, 1)).await;
                read += i32::from(matches!(page, Ok(Ok(_))));
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            read
        };
        let read = tokio::select! {
            read = log => read,
            () = entries => unreachable!("it does not end"),
        };
        // On one connection, half of them fail.
        assert!(read > 30, "{read} of 40 reads");
    }
}

/// The log's master starts again, with its data or without.
#[tokio::test]
async fn a_restart_of_a_node_is_another_generation() {
    for mut cluster in clusters(0).await {
        let (here, there) = (cluster.store(), cluster.store());
        let master = cluster.owner(LOG);
        for keep in [true, false] {
            here.append(&[record("a")]).await.unwrap();
            let before = generation(&here).await;
            assert_eq!(generation(&there).await, before);
            cluster.restart(master, keep).await;
            let after = page(&here).await;
            assert_eq!(after.records.is_empty(), !keep);
            assert_ne!(after.generation, before, "keep: {keep}");
            assert_eq!(generation(&there).await, after.generation);
        }
        let other = (master + 1) % 3;
        let before = generation(&here).await;
        cluster.restart(other, false).await;
        assert_eq!(generation(&here).await, before, "a node without the log");
    }
}

/// While the slot of the log moves, it is whole or away.
#[tokio::test]
async fn a_log_that_moves_is_another_generation() {
    for cluster in clusters(0).await {
        let store = cluster.store();
        store.append(&[record("a"), record("b")]).await.unwrap();
        let before = generation(&store).await;
        let from = cluster.owner(LOG);
        let to = (from + 1) % 3;
        let slot = cluster.cli(from, &["cluster", "keyslot", LOG]).trim().to_owned();
        cluster.cli(to, &["cluster", "setslot", &slot, "importing", &cluster.id(from)]);
        cluster.cli(from, &["cluster", "setslot", &slot, "migrating", &cluster.id(to)]);
        for name in ["epoch", "probe", "log"] {
            let key = format!("kratos:{{kratos}}:{name}");
            let port = cluster.port(to).to_string();
            assert_eq!(cluster.cli(from, &["migrate", "127.0.0.1", &port, &key, "0", "5000"]).trim(), "OK");
            if let Ok(page) = store.read(None, 1000).await {
                assert!(page.generation != before || texts(&page) == ["a", "b"], "{name} moved: {page:?}");
            }
        }
        for node in [to, from, (from + 2) % 3] {
            cluster.cli(node, &["cluster", "setslot", &slot, "node", &cluster.id(to)]);
        }
        let page = page(&store).await;
        assert_eq!(texts(&page), ["a", "b"]);
        assert_ne!(page.generation, before);
        assert_eq!(cluster.owner(LOG), to);
        store.append(&[record("c")]).await.unwrap();
        assert_eq!(texts(&self::page(&cluster.store()).await), ["a", "b", "c"]);
    }
}

#[tokio::test]
async fn a_cluster_that_is_not_there_is_away() {
    let store = RedisStore::cluster(["redis://127.0.0.1:1/"]).unwrap();
    assert!(store.read(None, 1).await.is_err());
    for nodes in [&["http://127.0.0.1:1/"][..], &[], &["redis://a/", "rediss://b/"], &["unix:/a"]] {
        assert!(RedisStore::cluster(nodes).is_err(), "{nodes:?}");
    }
    let secret = RedisStore::cluster(["redis://shop:secret@127.0.0.1:1/"]).unwrap();
    let error = secret.read(None, 1).await.unwrap_err();
    assert!(!format!("{secret:?} {error} {error:?}").contains("secret"));
}
