//! Interleaved requests with logouts, revocations, re-issued cookies, cancellations and outages, judged by an oracle that
//! knows the true state of every session: none is served past the stated bound, none crosses, and no user is signed out
//! by mistake.
//!
//! `KRATOS_ORACLE_REQUESTS` sets the number of requests (default 20,000). The judgement depends on no machine's speed: a
//! slow one makes requests later, and fewer of them answered from the cache.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod app;
mod chance;
mod user;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use kratos_testkit::{Fault, TestKratos};

use self::{app::App, chance::Chance, user::User};

const USERS: usize = 60;
const TASKS: u64 = 32;
/// How long an answer stays in the cache, and how much longer while Kratos fails.
const TTL: Duration = Duration::from_millis(150);
const STALE: Duration = Duration::from_millis(100);
/// Between the arrival of an answer and its entry in the cache, on a busy machine.
const GRACE: Duration = Duration::from_secs(2);

/// What the requests amounted to.
#[derive(Debug, Default)]
struct Tally {
    requests: AtomicU64,
    served: AtomicU64,
    refused: AtomicU64,
    unavailable: AtomicU64,
    cancelled: AtomicU64,
    logouts: AtomicU64,
    revocations: AtomicU64,
    reissues: AtomicU64,
    outages: AtomicU64,
    past_the_bound: AtomicU64,
    crossed: AtomicU64,
    false_logouts: AtomicU64,
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

struct World {
    kratos: TestKratos,
    app: App,
    users: Vec<User>,
    tally: Tally,
    failures: AtomicUsize,
}

impl World {
    fn failed(&self, counter: &AtomicU64, what: &str) {
        count(counter);
        if self.failures.fetch_add(1, Ordering::Relaxed) < 10 {
            println!("{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_session_is_served_past_its_bound_and_none_is_ended_by_mistake() {
    let requests = std::env::var("KRATOS_ORACLE_REQUESTS").map_or(20_000, |number| number.parse().unwrap());
    let kratos = TestKratos::builder().with_earliest_possible_extend(Duration::from_secs(1_000_000)).start();
    let kratos = kratos.await.unwrap();
    let app = App::before(kratos.public_url());
    let users = (0..USERS).map(|number| User::new(&kratos, number)).collect();
    let world =
        Arc::new(World { kratos, app, users, tally: Tally::default(), failures: AtomicUsize::new(0) });
    let started = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|seed| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let mut chance = Chance::new(seed);
                while world.tally.requests.load(Ordering::Relaxed) < requests {
                    act(&world, &mut chance).await;
                }
            })
        })
        .collect();
    let weather = tokio::spawn(weather(Arc::clone(&world)));
    for task in tasks {
        task.await.unwrap();
    }
    weather.abort();
    let tally = &world.tally;
    println!("{tally:#?}\n{:?}", started.elapsed());
    for (counter, what) in [
        (&tally.past_the_bound, "served past the bound"),
        (&tally.crossed, "crossed"),
        (&tally.false_logouts, "false logouts"),
    ] {
        assert_eq!(counter.load(Ordering::Relaxed), 0, "{what}");
    }
    for (counter, what) in [
        (&tally.served, "served"),
        (&tally.refused, "refused"),
        (&tally.cancelled, "cancelled"),
        (&tally.logouts, "logouts"),
        (&tally.revocations, "revocations"),
        (&tally.reissues, "re-issued cookies"),
    ] {
        assert!(counter.load(Ordering::Relaxed) > 0, "no {what}");
    }
}

/// One action of a random user.
async fn act(world: &World, chance: &mut Chance) {
    let user = &world.users[chance.below(USERS as u64) as usize];
    match chance.below(1000) {
        0..4 => user.sign_out(world, chance).await,
        4..7 => user.revoke(world).await,
        7..11 => user.extend(world).await,
        11..24 => user.sign_in_again(world).await,
        24..64 => user.hang_up(world, chance).await,
        64..94 => user.visit(world, chance, true).await,
        _ => user.visit(world, chance, false).await,
    }
}

/// Short outages of every kind.
async fn weather(world: Arc<World>) {
    let mut chance = Chance::new(u64::MAX);
    loop {
        tokio::time::sleep(Duration::from_millis(300 + chance.below(400))).await;
        world.kratos.inject(
            "/*",
            match chance.below(4) {
                0 => Fault::status(503),
                1 => Fault::drop_connection(),
                2 => Fault::truncated(),
                _ => Fault::rate_limited(Duration::from_secs(1)),
            },
        );
        count(&world.tally.outages);
        tokio::time::sleep(Duration::from_millis(20 + chance.below(100))).await;
        world.kratos.clear_faults();
        world.kratos.clear_requests();
    }
}
