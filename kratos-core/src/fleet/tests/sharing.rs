use super::*;

#[tokio::test]
async fn one_call_serves_the_fleet() {
    let (server, store) = (Server::with(&[("a", 1), ("b", 2)]), InProcessStore::new());
    let first = joined(&server, fleet(&store)).await;
    assert_eq!(ask(&first, "a").await.unwrap(), 1);
    stored(&store, 1).await;
    for _ in 0..3 {
        let other = joined(&server, fleet(&store)).await;
        assert_eq!(ask(&other, "a").await.unwrap(), 1);
        assert!(is_cached(&other, "a"));
    }
    assert_eq!(server.calls(), 1);
    // A process that has not read the log takes nothing from the store.
    let early = process(&server, fleet(&store));
    assert_eq!(ask(&early, "a").await.unwrap(), 1);
    assert_eq!(server.calls(), 2);
}

#[tokio::test]
async fn a_cold_credential_costs_one_call_however_many_processes_meet_it() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    *server.0.pause.lock().unwrap() = Duration::from_millis(30);
    let patient = || fleet(&store).with_lease(Duration::from_secs(10));
    let mut asked = Vec::new();
    for _ in 0..5 {
        let process = joined(&server, patient()).await;
        asked.push(tokio::spawn(async move { ask(&process, "a").await.unwrap() }));
    }
    for answer in asked {
        assert_eq!(answer.await.unwrap(), 1);
    }
    assert_eq!(server.calls(), 1);
}

/// The process with the lease finds no session: the others do not wait for its lease to end.
#[tokio::test]
async fn an_unknown_credential_is_not_waited_for() {
    let (server, store) = (Server::default(), InProcessStore::new());
    let patient = || fleet(&store).with_lease(Duration::from_secs(10));
    let processes = [joined(&server, patient()).await, joined(&server, patient()).await];
    assert_eq!(ask(&processes[0], "a").await.unwrap(), 0);
    let started = std::time::Instant::now();
    assert_eq!(ask(&processes[1], "a").await.unwrap(), 0);
    assert_eq!(server.calls(), 2);
    assert!(started.elapsed() < Duration::from_secs(9), "waited for the lease");
}

/// Its entry is in the store, and the lease of the process that stored it has not ended.
#[tokio::test]
async fn a_revoked_credential_is_not_waited_for() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let patient = || fleet(&store).with_lease(MINUTE);
    let processes = [joined(&server, patient()).await, joined(&server, patient()).await];
    assert_eq!(ask(&processes[0], "a").await.unwrap(), 1);
    stored(&store, 1).await;
    server.revoke("a");
    member(&processes[1]).forget_session(Uuid::from_u128(1)).await.unwrap();
    assert_eq!(ask(&processes[1], "a").await.unwrap(), 0);
    let secret = crate::kratos::secret::Secret::new(&[7; 32]).unwrap();
    let key = Credential::session_token("a").cache_key(&secret.cache_keys());
    until_open(&store, &key).await;
}

async fn until_open(store: &InProcessStore, key: &crate::credential::CacheKey) {
    for _ in 0..5_000 {
        if store.lease(key, MINUTE).await.unwrap() == super::super::Lease::Open {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("the lease of a session that ended stays held");
}

#[tokio::test]
async fn a_holder_that_gives_up_opens_its_lease() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let patient = || fleet(&store).with_lease(Duration::from_secs(10));
    let processes = [joined(&server, patient()).await, joined(&server, patient()).await];
    *server.0.pause.lock().unwrap() = MINUTE;
    let first = processes[0].clone();
    let gives_up = tokio::spawn(async move { ask(&first, "a").await });
    until(|| server.calls() == 1).await;
    gives_up.abort();
    *server.0.pause.lock().unwrap() = Duration::ZERO;
    assert_eq!(ask(&processes[1], "a").await.unwrap(), 1);
}

/// A writer to the engine swaps two users' entries, or puts an old one back.
#[tokio::test]
async fn entries_cannot_be_swapped_forged_or_read() {
    let (server, store) = (Server::with(&[("a", 1), ("b", 2)]), InProcessStore::new());
    let first = joined(&server, fleet(&store)).await;
    for token in ["a", "b"] {
        ask(&first, token).await.unwrap();
    }
    stored(&store, 2).await;
    let key = |token| {
        let secret = crate::kratos::secret::Secret::new(&[7; 32]).unwrap();
        Credential::session_token(token).cache_key(&secret.cache_keys())
    };
    let entries =
        [store.get(&key("a")).await.unwrap().unwrap(), store.get(&key("b")).await.unwrap().unwrap()];
    let id = Uuid::from_u128(1).to_string();
    assert!(!entries[0].windows(id.len()).any(|window| window == id.as_bytes()), "in clear");
    store.put(&key("a"), entries[1].clone(), MINUTE).await.unwrap();
    store.put(&key("b"), bytes::Bytes::from(vec![1; 100_000]), MINUTE).await.unwrap();
    let second = joined(&server, fleet(&store)).await;
    assert_eq!(ask(&second, "a").await.unwrap(), 1);
    assert_eq!(ask(&second, "b").await.unwrap(), 2);
    assert_eq!(server.calls(), 4, "a foreign entry is a miss");
}

/// The application wraps whoami in a cache that it made itself.
#[tokio::test]
async fn a_cache_below_the_fleet_forgets_with_it() {
    for kind in ["session", "identity", "all", "member"] {
        let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
        let mut processes = Vec::new();
        for _ in 0..2 {
            let own = crate::resolve::CachingResolver::new(server.clone(), MINUTE);
            let kratos = Kratos::from_resolver(own).with_secret([7; 32]).unwrap().with_cache(MINUTE);
            let kratos = kratos.with_fleet(fleet(&store).with_lease(Duration::ZERO)).unwrap();
            member(&kratos).ready().await;
            let resolved =
                kratos.resolver().resolve(&Credential::session_token("a"), Freshness::Live).await.unwrap();
            assert_eq!(id(&resolved), 1);
            processes.push(kratos);
        }
        server.revoke("a");
        match kind {
            "session" => processes[0].forget_session(Uuid::from_u128(1)),
            "identity" => processes[0].forget_identity(Uuid::from_u128(101)),
            "all" => processes[0].forget_all(),
            _ => member(&processes[0]).forget_session(Uuid::from_u128(1)).await.unwrap(),
        }
        for process in &processes {
            until(|| !is_cached(process, "a")).await;
            assert_eq!(ask(process, "a").await.unwrap(), 0, "{kind}");
        }
    }
}

/// It only receives hooks: it was asked for no session, and `ready` was not called.
#[tokio::test]
async fn a_process_that_serves_no_session_tells_the_others() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let serves = joined(&server, fleet(&store)).await;
    ask(&serves, "a").await.unwrap();
    server.revoke("a");
    let receives_hooks = process(&server, fleet(&store));
    receives_hooks.forget_identity(Uuid::from_u128(101));
    // Before the entry ends by itself.
    tokio::time::timeout(MINUTE / 2, until(|| !is_cached(&serves, "a"))).await.expect("it was told");
    member(&receives_hooks).published().await;
}

#[tokio::test]
async fn sealing_secrets_rotate() {
    let (server, store) = (Server::with(&[("a", 1)]), InProcessStore::new());
    let (old, new) = ([1; 32], [2; 32]);
    let accepts = || fleet(&store).with_sealing_secret(old).unwrap().with_accepted_secret(new).unwrap();
    let seals = || fleet(&store).with_sealing_secret(new).unwrap().with_accepted_secret(old).unwrap();
    let first = joined(&server, accepts()).await;
    ask(&first, "a").await.unwrap();
    stored(&store, 1).await;
    let second = joined(&server, seals()).await;
    assert_eq!(ask(&second, "a").await.unwrap(), 1);
    assert_eq!(server.calls(), 1);
    member(&second).forget_session(Uuid::from_u128(1)).await.unwrap();
    until(|| !is_cached(&first, "a")).await;
}

#[test]
fn a_fleet_needs_a_secret_and_a_cache() {
    let store = InProcessStore::new();
    let bare = Kratos::from_resolver(Server::default()).with_cache(MINUTE);
    let error = bare.with_fleet(fleet(&store)).unwrap_err();
    assert!(error.to_string().contains("with_secret"), "{error}");
    let uncached = Kratos::from_resolver(Server::default()).with_secret([7; 32]).unwrap();
    let error = uncached.with_fleet(fleet(&store)).unwrap_err();
    assert!(error.to_string().contains("with_cache"), "{error}");
    assert!(fleet(&store).with_sealing_secret([1; 31]).is_err());
    let shown = format!("{:?}", fleet(&store).with_sealing_secret([b'k'; 32]).unwrap());
    assert!(!shown.contains("kkk"), "{shown}");
}
