use http::HeaderValue;

use super::{
    super::{CachedSession, MemoryStore, SessionStore},
    *,
};
use crate::credential::CacheKey;

#[tokio::test]
async fn a_session_is_cached_by_its_credential() {
    let script = Script::new([active(1), active(2)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    assert!(cache.cached(&credential("a")).is_none());
    let first = ask(&cache, "a").await;
    assert!(first.as_ref().unwrap().live);
    let again = ask(&cache, "a").await;
    assert_eq!((id(&first), id(&again), again.unwrap().live), (1, 1, false));
    assert_eq!(id(&Ok(cache.cached(&credential("a")).unwrap())), 1);
    assert_eq!((id(&ask(&cache, "b").await), script.calls()), (2, 2));
    // A cookie with the same bytes is another credential.
    let cookie = cache.resolve(&Credential::cookie("a"), Freshness::Cached).await;
    assert_eq!((id(&cookie), script.calls()), (2, 3));
}

#[tokio::test]
async fn failures_step_ups_and_anonymous_answers_are_not_cached() {
    for answer in [
        down(),
        Err(ResolveError::rate_limited(None)),
        Ok(Resolved::new(Resolution::Aal2Required(Box::default()))),
        anonymous(),
    ] {
        let script = Script::new([answer]);
        let cache = CachingResolver::new(script.clone(), MINUTE).with_stale_if_error(MINUTE);
        for _ in 0..3 {
            let _ = ask(&cache, "a").await;
            assert!(cache.cached(&credential("a")).is_none());
        }
        assert_eq!(script.calls(), 3);
    }
    let script = Script::new([anonymous()]);
    let cache = CachingResolver::new(script.clone(), MINUTE).with_negative_ttl(MINUTE);
    for _ in 0..3 {
        assert_eq!(id(&ask(&cache, "a").await), 0);
    }
    assert_eq!(script.calls(), 1);
}

#[tokio::test]
async fn a_live_answer_bypasses_the_cache_and_replaces_the_entry() {
    let script = Script::new([active(1), active(2), anonymous(), active(3)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let live = async || cache.resolve(&credential("a"), Freshness::Live).await;
    assert_eq!(id(&ask(&cache, "a").await), 1);
    assert_eq!((id(&live().await), id(&ask(&cache, "a").await)), (2, 2));
    // Revoked: the entry is dropped.
    assert_eq!((id(&live().await), id(&ask(&cache, "a").await), script.calls()), (0, 3, 4));
}

#[tokio::test]
async fn ten_thousand_at_once_are_one_call() {
    let script = Script::new([active(1), active(2)]);
    script.0.gate.forget_permits(Semaphore::MAX_PERMITS);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let waiting: Vec<_> = (0..10_000)
        .map(|_| {
            tokio::spawn({
                let cache = cache.clone();
                async move { id(&ask(&cache, "a").await) }
            })
        })
        .collect();
    tokio::task::yield_now().await;
    script.0.gate.add_permits(10);
    for task in waiting {
        assert_eq!(task.await.unwrap(), 1);
    }
    assert_eq!(script.calls(), 1);
}

#[tokio::test]
async fn when_the_caller_hangs_up_another_request_makes_the_call() {
    let script = Script::new([active(1)]);
    script.0.gate.forget_permits(Semaphore::MAX_PERMITS);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let spawn = || {
        tokio::spawn({
            let cache = cache.clone();
            async move { id(&ask(&cache, "a").await) }
        })
    };
    let (first, second) = (spawn(), spawn());
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    script.0.gate.add_permits(10);
    assert_eq!((second.await.unwrap(), script.calls()), (1, 2));
}

#[tokio::test]
async fn a_reissued_cookie_is_relayed_once() {
    let mut extended = active(1).unwrap();
    extended.cookies.push(HeaderValue::from_static("ory_kratos_session=NEW"));
    let cache = CachingResolver::new(Script::new([Ok(extended)]), MINUTE);
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(ask(&cache, "a").await.unwrap().cookies.len());
    }
    assert_eq!(seen, [1, 0, 0]);
}

/// The browser of one request receives the re-issued cookie; relayed to the others, it could be mixed up.
#[tokio::test]
async fn a_reissued_cookie_is_relayed_to_one_of_the_requests_that_joined() {
    let mut extended = active(1).unwrap();
    extended.cookies.push(HeaderValue::from_static("ory_kratos_session=NEW"));
    let script = Script::closed([Ok(extended)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let requests: Vec<_> = (0..5).map(|_| spawn(&cache, "a")).collect();
    tokio::task::yield_now().await;
    script.open();
    let mut cookies = Vec::new();
    for request in requests {
        let resolved = request.await.unwrap().unwrap();
        assert_eq!(resolved.live, !resolved.cookies.is_empty(), "live for the request that made the call");
        cookies.push(resolved.cookies.len());
    }
    cookies.sort_unstable();
    assert_eq!((cookies.as_slice(), script.calls()), ([0, 0, 0, 0, 1].as_slice(), 1));
}

/// A request that missed before the answer was stored, and joins after the call ended, finds the entry.
#[tokio::test]
async fn a_call_that_has_just_ended_is_not_repeated() {
    let script = Script::new([active(1), active(2)]);
    let store = Late(MemoryStore::new(), AtomicUsize::new(0));
    let cache = CachingResolver::new(script.clone(), MINUTE).with_store(store);
    // Every other look-up misses: the first of each request here.
    assert_eq!(id(&ask(&cache, "a").await), 1);
    let again = ask(&cache, "a").await;
    assert_eq!((id(&again), again.unwrap().live, script.calls()), (1, false, 1));
}

/// Misses at every other look-up.
struct Late(MemoryStore, AtomicUsize);

impl SessionStore for Late {
    fn get(&self, key: &CacheKey) -> Option<CachedSession> {
        let is_even = self.1.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        self.0.get(key).filter(|_| !is_even)
    }
    fn put(&self, key: CacheKey, entry: CachedSession) {
        self.0.put(key, entry);
    }
    fn remove(&self, key: &CacheKey) -> Option<CachedSession> {
        self.0.remove(key)
    }
    fn remove_session(&self, session: Uuid) {
        self.0.remove_session(session);
    }
    fn remove_identity(&self, identity: Uuid) {
        self.0.remove_identity(identity);
    }
    fn clear(&self) {
        self.0.clear();
    }
}

/// A cached call that began before the logout and is answered last.
#[tokio::test]
async fn an_older_yes_never_replaces_a_newer_no() {
    let (slow, quick) = (Script::closed([active(1)]), Script::new([anonymous()]));
    let cache = CachingResolver::new(Split { cached: slow.clone(), live: quick.clone() }, MINUTE);
    let cached = spawn(&cache, "a");
    tokio::task::yield_now().await;
    let live = cache.resolve(&credential("a"), Freshness::Live).await;
    slow.open();
    assert_eq!((id(&live), id(&cached.await.unwrap())), (0, 1));
    assert!(cache.cached(&credential("a")).is_none());
}

/// Makes cached and live calls by different scripts.
struct Split {
    cached: Script,
    live: Script,
}

#[async_trait]
impl SessionResolver for Split {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        match freshness {
            Freshness::Cached => self.cached.resolve(credential, freshness).await,
            Freshness::Live => self.live.resolve(credential, freshness).await,
        }
    }
}

/// Both found a session: the entry of the call that began last stays.
#[tokio::test]
async fn an_older_session_does_not_drop_a_newer_one() {
    let (slow, quick) = (Script::closed([active(1)]), Script::new([active(2)]));
    let cache = CachingResolver::new(Split { cached: slow.clone(), live: quick.clone() }, MINUTE);
    let cached = spawn(&cache, "a");
    tokio::task::yield_now().await;
    let live = cache.resolve(&credential("a"), Freshness::Live).await;
    slow.open();
    assert_eq!((id(&live), id(&cached.await.unwrap())), (2, 1));
    assert_eq!(id(&Ok(cache.cached(&credential("a")).unwrap())), 2);
}

/// A failure is shared as an answer is.
#[tokio::test]
async fn requests_that_join_a_failing_call_do_not_repeat_it() {
    let script = Script::closed([down()]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let requests: Vec<_> = (0..10).map(|_| spawn(&cache, "a")).collect();
    tokio::task::yield_now().await;
    script.open();
    for request in requests {
        assert!(request.await.unwrap().unwrap_err().is_unavailable());
    }
    assert_eq!(script.calls(), 1);
}

/// An `Arc` of a resolver is the resolver.
#[tokio::test]
async fn a_shared_resolver_caches_and_forgets() {
    let script = Script::new([active(1)]);
    let shared: Arc<dyn SessionResolver> = Arc::new(CachingResolver::new(script.clone(), MINUTE));
    let one = credential("a");
    assert!(shared.cached(&one).is_none());
    shared.resolve(&one, Freshness::Cached).await.unwrap();
    assert!(shared.cached(&one).is_some());
    shared.forget(&one).await;
    assert!(shared.cached(&one).is_none());
}
