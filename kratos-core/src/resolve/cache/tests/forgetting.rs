use super::*;

#[tokio::test]
async fn a_dropped_session_does_not_come_back() {
    let script = Script::new([active(1)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    for number in 0..4 {
        let _ = ask(&cache, "a").await;
        match number {
            0 => cache.forget(&credential("a")).await,
            1 => cache.forget_session(Uuid::from_u128(1)),
            2 => cache.forget_identity(Uuid::from_u128(101)),
            _ => cache.forget_all(),
        }
        assert!(cache.cached(&credential("a")).is_none(), "{number}");
        assert_eq!(script.calls(), number + 1);
    }
    // A call that began before the logout does not store the session.
    script.0.gate.forget_permits(Semaphore::MAX_PERMITS);
    let flying = tokio::spawn({
        let cache = cache.clone();
        async move { id(&ask(&cache, "a").await) }
    });
    tokio::task::yield_now().await;
    cache.forget(&credential("a")).await;
    script.0.gate.add_permits(10);
    assert_eq!(flying.await.unwrap(), 1);
    assert!(cache.cached(&credential("a")).is_none());
    // Other entries are kept.
    let _ = ask(&cache, "b").await;
    cache.forget(&credential("a")).await;
    cache.forget_session(Uuid::from_u128(9));
    assert!(cache.cached(&credential("b")).is_some());
}

/// The session is revoked while its answer is under way: the id is known only once the answer arrives.
#[tokio::test]
async fn a_session_forgotten_while_its_call_is_under_way_is_not_cached() {
    for forget in [
        |cache: &CachingResolver| cache.forget_session(Uuid::from_u128(1)),
        |cache: &CachingResolver| cache.forget_identity(Uuid::from_u128(101)),
        |cache: &CachingResolver| cache.forget_all(),
    ] {
        let script = Script::closed([active(1), anonymous()]);
        let cache = CachingResolver::new(script.clone(), MINUTE);
        let before = spawn(&cache, "a");
        tokio::task::yield_now().await;
        forget(&cache);
        // It joins the call from before the removal, whose answer is too old for it.
        let after = spawn(&cache, "a");
        tokio::task::yield_now().await;
        script.open();
        assert_eq!((id(&before.await.unwrap()), id(&after.await.unwrap())), (1, 0));
        assert_eq!((cache.cached(&credential("a")).is_none(), script.calls()), (true, 2));
    }
}

#[tokio::test]
async fn forgetting_a_credential_drops_its_session_under_every_credential() {
    let script = Script::new([active(1), active(1), active(2), anonymous()]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    for of in ["cookie", "session token", "another session"] {
        let _ = ask(&cache, of).await;
    }
    cache.forget(&credential("cookie")).await;
    let cached =
        ["cookie", "session token", "another session"].map(|of| cache.cached(&credential(of)).is_some());
    assert_eq!(cached, [false, false, true]);
}

/// Logouts with made-up credentials, while 200 requests of 20 users wait for their answers.
#[tokio::test]
async fn forgetting_unknown_credentials_costs_others_nothing() {
    let script = Script::closed([active(1)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let requests: Vec<_> = (0..200).map(|number| spawn(&cache, USERS[number % 20])).collect();
    tokio::task::yield_now().await;
    for number in 0..10_000 {
        cache.forget(&credential(&format!("made up {number}"))).await;
    }
    script.open();
    for request in requests {
        assert_eq!(id(&request.await.unwrap()), 1);
    }
    assert_eq!(script.calls(), 20);
    for user in USERS {
        assert!(cache.cached(&credential(user)).is_some(), "{user}");
    }
}

const USERS: [&str; 20] =
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"];

/// The call ends with its caller; nothing is stored afterwards, and nothing of it is kept.
#[tokio::test]
async fn a_caller_that_hangs_up_leaves_nothing_behind() {
    let script = Script::closed([active(1)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    for freshness in [Freshness::Cached, Freshness::Live] {
        let request = tokio::spawn({
            let cache = cache.clone();
            async move { cache.resolve(&credential("a"), freshness).await }
        });
        tokio::task::yield_now().await;
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
    }
    script.open();
    assert!(cache.cached(&credential("a")).is_none());
    assert_eq!((id(&ask(&cache, "a").await), script.calls()), (1, 3));
    assert!(cache.cached(&credential("a")).is_some());
}
