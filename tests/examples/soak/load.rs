//! Starts visits at a constant rate, however long each takes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kratos_testkit::TestKratos;
use reqwest::{Client, redirect};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::crowd::Crowd;
use crate::series::{Outcome, Seen};
use crate::visit::Place;

/// The limit of concurrent visits.
const AT_ONCE: usize = 1000;
/// The time after a fault in which a response may still be due to it.
const SETTLING: Duration = Duration::from_secs(3);
/// How long an idle connection is kept: shorter than any server keeps it (actix-web 5 s), so that none is closed under a
/// request in flight.
const KEPT: Duration = Duration::from_secs(3);

pub(crate) struct Load {
    pub(crate) seen: Arc<Seen>,
    kratos: Arc<TestKratos>,
    crowd: Arc<Crowd>,
    client: Client,
    apps: [String; 2],
    /// Whether there is no fault at present, and since when.
    weather: Mutex<(bool, Instant)>,
}

impl Load {
    pub(crate) fn new(kratos: Arc<TestKratos>, crowd: Arc<Crowd>, apps: [String; 2]) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy();
        let client =
            client.timeout(Duration::from_secs(10)).pool_idle_timeout(KEPT).build().expect("a client");
        let weather = Mutex::new((true, Instant::now()));
        Self { seen: Arc::new(Seen::new()), kratos, crowd, client, apps, weather }
    }

    pub(crate) fn set_weather(&self, calm: bool) {
        *self.weather.lock().unwrap_or_else(PoisonError::into_inner) = (calm, Instant::now());
    }

    /// Whether there was no fault for a while, and none is due before a visit that starts now ends.
    fn is_calm(&self) -> bool {
        let (calm, since) = *self.weather.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = crate::SAMPLE * 2;
        calm && since.elapsed() > SETTLING && since.elapsed() < turn.saturating_sub(Duration::from_secs(1))
    }

    async fn visit(&self, n: usize) {
        let Self { seen, kratos, crowd, client, apps, .. } = self;
        Place { kratos, crowd, client, apps, seen, calm: self.is_calm() }.visit(n).await;
    }
}

/// Starts `rate` visits a second until aborted.
pub(crate) fn start(load: Arc<Load>, rate: u64) -> JoinHandle<()> {
    tokio::spawn(async move {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut ticks = interval(Duration::from_secs(1) / u32::try_from(rate).expect("a modest rate"));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for n in 0.. {
            ticks.tick().await;
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                load.seen.outcome(Outcome::Skipped, || "too many visits at once".to_owned());
                continue;
            };
            let load = Arc::clone(&load);
            tokio::spawn(async move {
                load.visit(n).await;
                drop(place);
            });
        }
    })
}
