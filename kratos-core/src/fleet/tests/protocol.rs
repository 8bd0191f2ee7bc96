use super::*;

#[tokio::test]
async fn a_revocation_reaches_every_process_and_the_store() {
    for kind in ["session", "identity", "all", "credential", "session, unheard of"] {
        let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
        let mut processes = Vec::new();
        for _ in 0..3 {
            let process = joined(&server, fleet(&store)).await;
            assert_eq!(ask(&process, "a").await.unwrap(), 1);
            processes.push(process);
        }
        stored(&store, 1).await;
        assert_eq!(server.calls(), 1);
        server.revoke("a");
        match kind {
            "session" => processes[0].forget_session(Uuid::from_u128(1)),
            "identity" => processes[0].forget_identity(Uuid::from_u128(101)),
            "all" => processes[0].forget_all(),
            "credential" => processes[0].forget_credential(&Credential::session_token("a")).await,
            _ => member(&joined(&server, fleet(&store)).await)
                .forget_session(Uuid::from_u128(1))
                .await
                .unwrap(),
        }
        for process in &processes {
            until(|| !is_cached(process, "a")).await;
            assert_eq!(ask(process, "a").await.unwrap(), 0, "{kind}");
        }
        // The entry is still in the store, and a process that joins late reads the log from its begin.
        let late = joined(&server, fleet(&store)).await;
        assert_eq!(ask(&late, "a").await.unwrap(), 0, "{kind}");
    }
}

/// An answer from before a revocation that reaches the store after it.
#[tokio::test]
async fn a_late_entry_is_refused() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let slow = joined(&server, fleet(&store).with_lease(Duration::ZERO)).await;
    ask(&slow, "a").await.unwrap();
    stored(&store, 1).await;
    let secret = crate::kratos::secret::Secret::new(&[7; 32]).unwrap();
    let key = Credential::session_token("a").cache_key(&secret.cache_keys());
    let entry = store.get(&key).await.unwrap().unwrap();
    server.revoke("a");
    member(&slow).forget_session(Uuid::from_u128(1)).await.unwrap();
    store.put(&key, entry, MINUTE).await.unwrap();
    let other = joined(&server, fleet(&store)).await;
    assert_eq!(ask(&other, "a").await.unwrap(), 0);
}

/// Kratos says no to a live request: nothing in the store may say yes to the next.
#[tokio::test]
async fn a_live_no_outdates_the_store() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let processes = [joined(&server, fleet(&store)).await, joined(&server, fleet(&store)).await];
    assert_eq!(ask(&processes[0], "a").await.unwrap(), 1);
    stored(&store, 1).await;
    server.revoke("a");
    let credential = Credential::session_token("a");
    let live = processes[0].resolver().resolve(&credential, Freshness::Live).await.unwrap();
    assert_eq!(id(&live), 0);
    // This process had it cached: the others are told.
    until(|| format!("{store:?}").contains("records: 2,")).await;
    assert_eq!(ask(&joined(&server, fleet(&store)).await, "a").await.unwrap(), 0);
}

/// A store that lost its log: everything cached was perhaps revoked.
#[tokio::test]
async fn another_generation_drops_memory() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let process = joined(&server, fleet(&store)).await;
    ask(&process, "a").await.unwrap();
    stored(&store, 1).await;
    store.restart();
    until(|| !is_cached(&process, "a")).await;
    until(|| member(&process).is_heard()).await;
    assert_eq!(ask(&process, "a").await.unwrap(), 1);
    assert_eq!(server.calls(), 2);
}

/// The log is longer than what the store keeps: a gap is a new begin.
#[tokio::test]
async fn a_gap_in_the_log_drops_memory() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let process = joined(&server, fleet(&store)).await;
    ask(&process, "a").await.unwrap();
    // Not awaited in between: the reader cannot keep up.
    let records = vec![bytes::Bytes::new(); 10_001];
    store.append(&records).await.unwrap();
    until(|| !is_cached(&process, "a")).await;
    until(|| member(&process).is_heard()).await;
}

/// A record that cannot be opened: of a newer release, or forged.
#[tokio::test]
async fn an_unknown_record_drops_memory() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let process = joined(&server, fleet(&store)).await;
    ask(&process, "a").await.unwrap();
    store.append(&[bytes::Bytes::from_static(b"?")]).await.unwrap();
    until(|| !is_cached(&process, "a")).await;
}
