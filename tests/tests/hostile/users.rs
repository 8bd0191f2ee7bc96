//! No user ever receives another's session: a million interleaved requests with credentials that resemble each other,
//! through a cache that is too small and forgets, before a Kratos that fails.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::future::join_all;
use http::{HeaderMap, HeaderValue};
use kratos_core::{
    Kratos,
    adapter::RequestSession,
    credential::{Credential, CredentialReader, TokenFormat},
    model::{Identity, Session},
    policy::RequestView,
    resolve::{CachingResolver, Freshness, MemoryStore, Resolution, ResolveError, Resolved, SessionResolver},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::apps::{ask_actix, ask_axum, axum, block_on};

/// Cases of the property test × requests in each.
const CASES: u32 = 100;
const REQUESTS: usize = 10_000;
/// The number of concurrent requests.
const AT_ONCE: usize = 40;
const USERS: u64 = 60;

/// The credential of a user. They are as similar as credentials can be: of equal bytes in different places, one a prefix
/// of another, equal but for case or the last byte.
fn headers_of(user: u64) -> HeaderMap {
    let (kind, number) = (user % 6, user / 6);
    let same = format!("ory_st_{number}");
    let (name, value) = match kind {
        0 => ("x-session-token", same),
        1 => ("cookie", format!("ory_kratos_session={same}")),
        2 => ("cookie", format!("theme=ory_kratos_session; ory_session_{number}={same}")),
        3 => ("x-session-token", format!("{same}_")),
        4 => ("authorization", format!("Bearer {same}_A")),
        _ => ("authorization", format!("Bearer {same}_a")),
    };
    HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::try_from(value).unwrap())])
}

/// The user of this credential, by its bytes on the wire.
fn owner(credential: &Credential) -> Option<u64> {
    let (name, value) = credential.to_header()?;
    let value = value.to_str().ok()?;
    let digits = |text: &str| text.parse::<u64>().ok();
    let (kind, number) = if name == "cookie" {
        let (name, token) = value.split_once('=')?;
        let number = digits(token.strip_prefix("ory_st_")?)?;
        (if name == "ory_kratos_session" { 1 } else { 2 }, number)
    } else {
        let token = value.strip_prefix("ory_st_")?;
        let (number, rest) = token.split_at(token.find('_').unwrap_or(token.len()));
        let kind = match rest {
            "" => 0,
            "_" => 3,
            "_A" => 4,
            "_a" => 5,
            _ => return None,
        };
        (kind, digits(number)?)
    };
    Some(number * 6 + kind)
}

/// A slow Kratos that fails now and then and knows six of seven users; the others are signed out.
struct World {
    asked: AtomicUsize,
    chance: AtomicU64,
}

impl World {
    fn roll(&self) -> u64 {
        // SplitMix64: the same seed reproduces the run.
        let mut z = self.chance.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[derive(Clone)]
struct Shared(Arc<World>);

#[async_trait]
impl SessionResolver for Shared {
    async fn resolve(&self, credential: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        for _ in 0..self.0.roll() % 4 {
            tokio::task::yield_now().await;
        }
        if self.0.roll().is_multiple_of(10) {
            return Err(ResolveError::unavailable("now and then"));
        }
        let user = owner(credential).unwrap();
        let mut session = Session::new(Uuid::from_u128(u128::from(user) << 64));
        session.identity = Some(Arc::new(Identity::new(Uuid::from_u128(u128::from(user)))));
        Ok(Resolved::new(if user.is_multiple_of(7) {
            Resolution::Anonymous
        } else {
            Resolution::Active(Arc::new(session))
        }))
    }
}

fn world(seed: u64) -> (Shared, CachingResolver, Kratos) {
    let kratos = Shared(Arc::new(World { asked: AtomicUsize::new(0), chance: AtomicU64::new(seed) }));
    let cache = CachingResolver::new(kratos.clone(), Duration::from_secs(1))
        // Room for about a third of the users.
        .with_store(MemoryStore::with_capacity(24 * 1024))
        .with_negative_ttl(Duration::from_millis(20))
        .with_stale_if_error(Duration::from_millis(20));
    let credentials = CredentialReader::default().with_bearer_tokens(TokenFormat::Prefixed);
    let sessions = Kratos::from_resolver(cache.clone()).with_credentials(credentials);
    (kratos, cache, sessions)
}

/// Sends one request of a user. Returns whether it received the user's session, and panics if it received another's.
async fn request(user: u64, headers: &HeaderMap, sessions: &Kratos) -> bool {
    let view = RequestView::new("GET", "/", headers);
    let session: RequestSession = sessions.request(headers);
    match session.session(&view).await {
        Ok(found) => {
            let seen = found.identity().unwrap().id.as_u128();
            assert_eq!(seen, u128::from(user), "user {user} sees the session of {seen}");
            assert!(!user.is_multiple_of(7), "user {user} is signed out");
            true
        }
        Err(rejection) => {
            let answer = rejection.response();
            let expected = if user.is_multiple_of(7) { [401, 503] } else { [503, 503] };
            assert!(expected.contains(&answer.status.as_u16()), "user {user}: {}", answer.status);
            false
        }
    }
}

#[test]
fn a_million_requests_of_interleaved_users_return_only_their_own_sessions() {
    let (mut total, mut served, mut asked) = (0, 0, 0);
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let all: Vec<HeaderMap> = (0..USERS).map(headers_of).collect();
    let (total_of, served_of, asked_of) = (&mut total, &mut served, &mut asked);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let counts = std::cell::RefCell::new((total_of, served_of, asked_of));
    runner
        .run(&any::<u64>(), |seed| {
            let (kratos, cache, sessions) = world(seed);
            let served = block_on(async {
                let mut served = 0;
                for _ in 0..REQUESTS / AT_ONCE {
                    let crowd = (0..AT_ONCE).map(|_| {
                        let user = kratos.0.roll() % USERS;
                        request(user, &all[usize::try_from(user).unwrap()], &sessions)
                    });
                    served += join_all(crowd).await.into_iter().filter(|served| *served).count();
                    match kratos.0.roll() % 64 {
                        0 => cache.forget_all(),
                        1 => cache.forget_identity(Uuid::from_u128(u128::from(kratos.0.roll() % USERS))),
                        2 => cache.forget_session(Uuid::from_u128(u128::from(kratos.0.roll() % USERS) << 64)),
                        _ => {}
                    }
                }
                served
            });
            let mut counts = counts.borrow_mut();
            *counts.0 += REQUESTS;
            *counts.1 += served;
            *counts.2 += kratos.0.asked.load(Ordering::SeqCst);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!("{total} requests, {served} answered with a session, {asked} calls to Kratos, 0 with another's");
    assert!(total >= 1_000_000 && served > total / 2, "{total} requests, {served} served");
    assert!(asked < total / 10 * 9, "the cache was hardly used: {asked} calls");
}

#[test]
fn the_same_through_axum_and_actix() {
    let (kratos, _cache, sessions) = world(7);
    let app = axum(sessions.clone());
    block_on(async {
        for _ in 0..150 {
            let crowd = (0..AT_ONCE).map(|place| {
                let (app, sessions, user) = (&app, sessions.clone(), kratos.0.roll() % USERS);
                async move {
                    let headers = headers_of(user);
                    let headers: Vec<_> =
                        headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
                    let told = match place % 2 {
                        0 => ask_axum(app, &headers).await,
                        _ => ask_actix(sessions, &headers).await,
                    };
                    let own = Uuid::from_u128(u128::from(user)).to_string();
                    match told.status {
                        200 => assert_eq!(told.body, own),
                        401 => assert_eq!(user % 7, 0),
                        status => assert_eq!(status, 503),
                    }
                }
            });
            join_all(crowd).await;
        }
    });
}
