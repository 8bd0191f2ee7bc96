//! Two threads whose requests carry distinct sessions: what they share must not slow them down.

use std::{
    sync::{Arc, Barrier},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use http::header;
use kratos_core::{
    Kratos,
    credential::Credential,
    resolve::{CachingResolver, Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};

use crate::{
    alternate::{self, Measured, Subject},
    fixture::{self, AGE},
};

pub const ONE: &str = "one thread";
pub const TWO: &str = "two threads, each";
pub const APART: &str = "two threads, each with a `Kratos` of its own";

pub fn measure() -> Vec<Measured> {
    let kratos = || Kratos::from_resolver(CachingResolver::new(Distinct, AGE));
    let (shared, apart) = (kratos(), [kratos(), kratos()]);
    let alone = shared.clone();
    let subjects = vec![
        Subject::timed(ONE, move |times| guarded(&alone, 0, times, &Barrier::new(1))),
        Subject::timed(TWO, move |times| two_threads([&shared, &shared], times)),
        Subject::timed(APART, move |times| two_threads([&apart[0], &apart[1]], times)),
    ];
    alternate::alternate(subjects, 100, 20_000)
}

/// The mean time of two threads that run at once.
fn two_threads(kratos: [&Kratos; 2], times: usize) -> Duration {
    let barrier = &Arc::new(Barrier::new(2));
    std::thread::scope(|scope| {
        let threads =
            [0, 1].map(|number| scope.spawn(move || guarded(kratos[number], number, times, barrier)));
        threads.map(|thread| thread.join().unwrap()).iter().sum::<Duration>() / 2
    })
}

/// Resolves each credential to a session of its own, as Kratos does.
struct Distinct;

#[async_trait]
impl SessionResolver for Distinct {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        Ok(Resolved::new(Resolution::Active(Arc::new(fixture::session()))))
    }
}

/// The time of so many cached guards, for the session of this number.
fn guarded(kratos: &Kratos, number: usize, times: usize, barrier: &Barrier) -> Duration {
    let cookie = format!("{}{number}", fixture::session_cookie());
    let headers = fixture::headers(&[(header::COOKIE, &cookie)]);
    let view = kratos_core::policy::RequestView::new("GET", "/account", &headers);
    let guard = || {
        let outcome = kratos.request(&headers).session(&view);
        futures_util::FutureExt::now_or_never(outcome).map(|outcome| outcome.unwrap())
    };
    // Fills the cache.
    while guard().is_none() {
        let outcome = kratos.request(&headers).session(&view);
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(outcome).unwrap();
    }
    barrier.wait();
    let start = Instant::now();
    for _ in 0..times {
        std::hint::black_box(guard());
    }
    start.elapsed()
}
