use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::HeaderValue;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{CachingResolver, lifetime};
use crate::{
    credential::Credential,
    model::Timestamp,
    model::{Identity, Session},
    policy::{RequestView, Requirement},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};

const MINUTE: Duration = Duration::from_secs(60);

/// Answers with the last of its answers for ever; each call waits for a permit.
#[derive(Clone)]
struct Script(Arc<Inner>);

struct Inner {
    answers: Vec<Result<Resolved, ResolveError>>,
    calls: AtomicUsize,
    gate: Semaphore,
}

impl Script {
    fn new(answers: impl Into<Vec<Result<Resolved, ResolveError>>>) -> Self {
        let gate = Semaphore::new(Semaphore::MAX_PERMITS);
        Self(Arc::new(Inner { answers: answers.into(), calls: AtomicUsize::new(0), gate }))
    }

    fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SessionResolver for Script {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        let call = self.0.calls.fetch_add(1, Ordering::SeqCst);
        let _permit = self.0.gate.acquire().await.unwrap();
        self.0.answers[call.min(self.0.answers.len() - 1)].clone()
    }
}

fn active(id: u128) -> Result<Resolved, ResolveError> {
    let mut session = Session::new(Uuid::from_u128(id));
    session.identity = Some(Arc::new(Identity::new(Uuid::from_u128(100 + id))));
    Ok(Resolved::new(Resolution::Active(Arc::new(session))))
}

fn anonymous() -> Result<Resolved, ResolveError> {
    Ok(Resolved::new(Resolution::Anonymous))
}

fn down() -> Result<Resolved, ResolveError> {
    Err(ResolveError::unavailable("down"))
}

fn credential(of: &str) -> Credential {
    Credential::session_token(of)
}

async fn ask(resolver: &CachingResolver, of: &str) -> Result<Resolved, ResolveError> {
    resolver.resolve(&credential(of), Freshness::Cached).await
}

/// The id of the session that was found; 0 for nobody.
fn id(outcome: &Result<Resolved, ResolveError>) -> u128 {
    match &outcome.as_ref().unwrap().resolution {
        Resolution::Active(session) => session.id.as_u128(),
        _ => 0,
    }
}

#[tokio::test]
async fn a_session_is_remembered_by_its_credential() {
    let script = Script::new([active(1), active(2)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    assert!(cache.cached(&credential("a")).is_none());
    let first = ask(&cache, "a").await;
    assert!(first.as_ref().unwrap().live);
    let again = ask(&cache, "a").await;
    assert_eq!((id(&first), id(&again), again.unwrap().live), (1, 1, false));
    assert_eq!(id(&Ok(cache.cached(&credential("a")).unwrap())), 1);
    assert_eq!((id(&ask(&cache, "b").await), script.calls()), (2, 2));
    // A cookie of the same bytes is another credential.
    let cookie = cache.resolve(&Credential::cookie("a"), Freshness::Cached).await;
    assert_eq!((id(&cookie), script.calls()), (2, 3));
}

#[tokio::test]
async fn failures_step_ups_and_nobody_are_not_remembered() {
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
async fn a_live_answer_passes_the_cache_and_renews_it() {
    let script = Script::new([active(1), active(2), anonymous(), active(3)]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let live = async || cache.resolve(&credential("a"), Freshness::Live).await;
    assert_eq!(id(&ask(&cache, "a").await), 1);
    assert_eq!((id(&live().await), id(&ask(&cache, "a").await)), (2, 2));
    // Revoked: what was remembered goes too.
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
async fn when_the_caller_hangs_up_the_next_one_asks() {
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
async fn what_is_dropped_does_not_come_back() {
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
    // A call that began before the logout must not bring the session back.
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
    // Others are not touched.
    let _ = ask(&cache, "b").await;
    cache.forget(&credential("a")).await;
    cache.forget_session(Uuid::from_u128(9));
    assert!(cache.cached(&credential("b")).is_some());
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

#[tokio::test]
async fn an_outage_is_bridged_only_when_asked_and_never_for_live_answers() {
    let mut short = active(1).unwrap();
    short.cache_for = Some(Duration::from_millis(30));
    for (stale, bridged) in [(Duration::ZERO, false), (MINUTE, true)] {
        let script = Script::new([Ok(short.clone()), down()]);
        let cache = CachingResolver::new(script.clone(), MINUTE).with_stale_if_error(stale);
        assert_eq!(id(&ask(&cache, "a").await), 1);
        tokio::time::sleep(Duration::from_millis(40)).await;
        assert!(cache.cached(&credential("a")).is_none(), "past its time, it is not at hand");
        assert_eq!(ask(&cache, "a").await.is_ok(), bridged);
        assert!(cache.resolve(&credential("a"), Freshness::Live).await.unwrap_err().is_unavailable());
        assert_eq!(script.calls(), 3);
    }
    // Kratos' "no" is no outage.
    let cache =
        CachingResolver::new(Script::new([Ok(short), anonymous()]), MINUTE).with_stale_if_error(MINUTE);
    let _ = ask(&cache, "a").await;
    tokio::time::sleep(Duration::from_millis(40)).await;
    assert_eq!(id(&ask(&cache, "a").await), 0);
}

#[test]
fn an_entry_lives_as_long_as_the_shortest_limit() {
    let now = Timestamp::from(time::OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap());
    let seconds = |entry: Option<super::CachedSession>| {
        entry.map(|entry| {
            ((*entry.fresh_until - *now).whole_seconds(), (*entry.keep_until - *now).whole_seconds())
        })
    };
    let second = Duration::from_secs;
    for (age, leave, end, stale, expected) in [
        (60, None, None, 0, Some((60, 60))),
        (60, Some(10), None, 0, Some((10, 10))),
        (60, Some(600), None, 0, Some((60, 60))),
        (60, None, Some(20), 0, Some((20, 20))),
        (60, None, Some(90), 60, Some((60, 90))),
        (60, None, None, 30, Some((60, 90))),
        (60, Some(0), None, 30, None),
        (0, None, None, 0, None),
        (60, None, Some(-1), 30, None),
        (u64::MAX, None, None, u64::MAX, None),
    ] {
        let mut session = Session::new(Uuid::nil());
        session.expires_at = end.map(|end| Timestamp::from(*now + time::Duration::seconds(end)));
        let mut resolved = Resolved::new(Resolution::Active(Arc::new(session)));
        resolved.cache_for = leave.map(second);
        let limits = lifetime::Limits { age: second(age), anonymous: Duration::ZERO, stale: second(stale) };
        let entry = lifetime::entry(&resolved, limits, now);
        if age == u64::MAX {
            assert!(entry.is_some(), "the greatest durations do not overflow");
        } else {
            assert_eq!(seconds(entry), expected, "{age} {leave:?} {end:?} {stale}");
        }
    }
}

#[test]
fn a_store_is_bounded() {
    use super::{CachedSession, MemoryStore, SessionStore as _};
    use crate::credential::CacheKeyHasher;
    let hasher = CacheKeyHasher::random();
    let until = Timestamp::from(*crate::clock::now() + MINUTE);
    let kib = 1024;
    for (store, bytes, most) in [
        (MemoryStore::with_capacity(100 * kib), 100 * kib, 200),
        (MemoryStore::with_limits(100 * kib, 30), 100 * kib, 30),
        (MemoryStore::with_limits(1024 * kib, 7), 1024 * kib, 7),
        (MemoryStore::with_limits(1024 * kib, 0), 1024 * kib, 1),
    ] {
        let key = |number: u128| credential(&format!("ory_st_{number}")).cache_key(&hasher);
        for number in 0..10_000 {
            let session = Arc::new(Session::new(Uuid::from_u128(number)));
            store.put(key(number), CachedSession::new(Some(session), until));
        }
        let (entries, weight) = store.size();
        assert!((1..=most).contains(&entries) && weight <= bytes, "{entries} of {most}, {weight} of {bytes}");
        assert!(store.get(&key(9_999)).is_some(), "who came last is remembered");
    }
}

#[tokio::test]
async fn who_is_led_to_show_a_factor_is_asked_for_anew_afterwards() {
    let headers = http::HeaderMap::from_iter([(
        http::HeaderName::from_static("x-session-token"),
        HeaderValue::from_static("ory_st_a"),
    )]);
    let request = RequestView::new("GET", "/", &headers);
    for (requirement, forgotten) in [
        (Requirement::signed_in().with_aal2(), true),
        (Requirement::signed_in().with_authenticated_within(MINUTE), true),
        (Requirement::signed_in().with_verified_address(), false),
        (Requirement::signed_in(), false),
    ] {
        let cache = CachingResolver::new(Script::new([active(1)]), MINUTE);
        let _ = ask(&cache, "ory_st_a").await;
        let session = crate::Kratos::from_resolver(cache.clone()).request(&headers);
        let _ = session.require(&requirement, &request).await;
        assert_eq!(cache.cached(&credential("ory_st_a")).is_none(), forgotten, "{requirement:?}");
    }
}

#[tokio::test]
async fn what_another_site_sends_is_refused_although_the_session_is_remembered() {
    let cache =
        CachingResolver::new(crate::resolve::StaticResolver::active(Session::new(Uuid::nil())), MINUTE);
    let sessions = crate::Kratos::from_resolver(cache)
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url("https://kratos.example")
        .unwrap();
    let mut headers = http::HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_static("ory_kratos_session=a"));
    headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    let page = RequestView::new("GET", "/", &headers);
    assert!(sessions.request(&headers).signed_in(&page).await.is_ok(), "now it is remembered");
    let forged = RequestView::new("POST", "/", &headers);
    let refused = sessions.request(&headers).require(&Requirement::signed_in(), &forged).await.unwrap_err();
    assert_eq!(refused.refusal.reason(), crate::policy::RefusalReason::CrossSite);
}
