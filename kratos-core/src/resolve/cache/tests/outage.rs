use super::*;
use crate::{credential::CacheKey, model::Timestamp};

use super::super::{CachedSession, SessionStore};

#[tokio::test]
async fn a_stale_session_is_used_only_when_configured_and_never_for_live_answers() {
    let mut short = active(1).unwrap();
    short.cache_for = Some(Duration::from_millis(30));
    for (stale, bridged) in [(Duration::ZERO, false), (MINUTE, true)] {
        let script = Script::new([Ok(short.clone()), down()]);
        let cache = CachingResolver::new(script.clone(), MINUTE).with_stale_if_error(stale);
        assert_eq!(id(&ask(&cache, "a").await), 1);
        tokio::time::sleep(Duration::from_millis(40)).await;
        assert!(cache.cached(&credential("a")).is_none(), "past its TTL, it is not a hit");
        assert_eq!(ask(&cache, "a").await.is_ok(), bridged);
        assert!(cache.resolve(&credential("a"), Freshness::Live).await.unwrap_err().is_unavailable());
        assert_eq!(script.calls(), 3);
    }
    // An answer without a session is not an outage.
    let cache =
        CachingResolver::new(Script::new([Ok(short), anonymous()]), MINUTE).with_stale_if_error(MINUTE);
    let _ = ask(&cache, "a").await;
    tokio::time::sleep(Duration::from_millis(40)).await;
    assert_eq!(id(&ask(&cache, "a").await), 0);
}

/// Neither a mistake of the configuration nor a full bulkhead says that Kratos failed.
#[tokio::test]
async fn only_failures_of_kratos_make_a_stale_session_valid() {
    let mut short = active(1).unwrap();
    short.cache_for = Some(Duration::from_millis(5));
    for (error, bridged) in [
        (ResolveError::unavailable("down"), true),
        (ResolveError::rate_limited(None), true),
        (ResolveError::misconfigured("the wrong port"), false),
        (ResolveError::crowded(), false),
    ] {
        let cache = CachingResolver::new(Script::new([Ok(short.clone()), Err(error.clone())]), MINUTE)
            .with_stale_if_error(MINUTE);
        assert_eq!(id(&ask(&cache, "a").await), 1);
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert_eq!(ask(&cache, "a").await.is_ok(), bridged, "{error:?}");
    }
}

/// A store may return entries for as long as it likes; the resolver decides.
#[tokio::test]
async fn an_entry_past_its_end_is_not_used_in_an_outage() {
    struct Fixed(CachedSession);
    impl SessionStore for Fixed {
        fn get(&self, _: &CacheKey) -> Option<CachedSession> {
            Some(self.0.clone())
        }
        fn put(&self, _: CacheKey, _: CachedSession) {}
        fn remove(&self, _: &CacheKey) -> Option<CachedSession> {
            None
        }
        fn remove_session(&self, _: Uuid) {}
        fn remove_identity(&self, _: Uuid) {}
        fn clear(&self) {}
    }
    let at = |seconds: i64| Timestamp::from(*crate::clock::now() + time::Duration::seconds(seconds));
    let session = || Some(Arc::new(Session::new(Uuid::from_u128(1))));
    for (session, keep_until, bridged) in
        [(session(), at(60), true), (session(), at(-1), false), (None, at(60), false)]
    {
        let entry = CachedSession::new(session, at(-2)).with_keep_until(keep_until);
        let cache = CachingResolver::new(Script::new([down()]), MINUTE)
            .with_store(Fixed(entry.clone()))
            .with_stale_if_error(MINUTE);
        assert_eq!(ask(&cache, "a").await.is_ok(), bridged, "{entry:?}");
    }
}
