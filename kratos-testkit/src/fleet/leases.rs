use std::time::Duration;

use kratos_core::{
    credential::CacheKey,
    fleet::{FleetStore, Lease},
};

use super::{LONG, SHORT, eventually, key};

pub(super) async fn check(here: &impl FleetStore, there: &impl FleetStore) {
    let (a, b, c) = (key(), key(), key());
    assert_eq!(lease(here, &a, LONG).await, Lease::Acquired, "a lease that no process has");
    assert_eq!(lease(there, &a, LONG).await, Lease::Held, "a lease that another process has");
    assert_eq!(lease(here, &a, LONG).await, Lease::Held, "a lease that this process has");
    assert_eq!(lease(there, &b, LONG).await, Lease::Acquired, "the lease of another key");
    assert!(here.get(&a).await.is_ok_and(|entry| entry.is_none()), "a lease is not an entry");

    let opened = here.open_lease(&a, LONG).await;
    assert!(opened.is_ok(), "open_lease: {opened:?}");
    assert_eq!(lease(there, &a, LONG).await, Lease::Open, "an opened lease");

    assert_eq!(lease(here, &c, SHORT).await, Lease::Acquired, "a short lease");
    eventually("a lease ends", async || lease(there, &c, SHORT).await == Lease::Acquired).await;
    let opened = here.open_lease(&c, SHORT).await;
    assert!(opened.is_ok(), "open_lease: {opened:?}");
    eventually("an opened lease ends", async || lease(there, &c, LONG).await == Lease::Acquired).await;
}

async fn lease(store: &impl FleetStore, key: &CacheKey, time: Duration) -> Lease {
    let lease = store.lease(key, time).await;
    assert!(lease.is_ok(), "lease: {lease:?}");
    lease.unwrap_or(Lease::Held)
}
