//! Two threads whose requests carry distinct sessions: what they share must not slow them down.

use std::{
    sync::{Arc, Barrier},
    time::{Duration, Instant},
};

use http::header;
use kratos_core::{
    Kratos,
    resolve::{CachingResolver, StaticResolver},
};

use crate::{
    alternate::{self, Measured, Subject},
    fixture::{self, AGE},
};

pub const ONE: &str = "one thread";
pub const TWO: &str = "two threads, each";

pub fn measure() -> Vec<Measured> {
    let resolver = CachingResolver::new(StaticResolver::active(fixture::session()), AGE);
    let kratos = Kratos::from_resolver(resolver);
    let alone = kratos.clone();
    let subjects = vec![
        Subject::timed(ONE, move |times| guarded(&alone, 0, times, &Barrier::new(1))),
        Subject::timed(TWO, move |times| {
            let (kratos, barrier) = (&kratos, &Arc::new(Barrier::new(2)));
            std::thread::scope(|scope| {
                let threads =
                    [0, 1].map(|number| scope.spawn(move || guarded(kratos, number, times, barrier)));
                // The mean of both.
                threads.map(|thread| thread.join().unwrap()).iter().sum::<Duration>() / 2
            })
        }),
    ];
    alternate::alternate(subjects, 100, 20_000)
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
