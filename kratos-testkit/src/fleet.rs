//! Checks a store of a fleet.

mod entries;
mod leases;
mod log;

use std::time::Duration;

use kratos_core::{
    credential::{CacheKey, CacheKeyHasher, Credential},
    fleet::FleetStore,
};
use uuid::Uuid;

/// Checks that an implementation of [`FleetStore`] does what its documentation says. `open` returns a new handle of one
/// and the same store, as another process would. Takes some seconds, and appends some 1,000 records.
///
/// ```
/// use kratos_core::fleet::InProcessStore;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// let store = InProcessStore::new();
/// kratos_testkit::fleet::conformance(async || store.clone()).await;
/// # });
/// ```
///
/// # Panics
/// When it does not. The message says what was expected.
pub async fn conformance<S: FleetStore + 'static>(open: impl AsyncFn() -> S) {
    // A store connects when it is first used, for which a busy machine may need more time than the store allows.
    let open = async || {
        let store = open().await;
        eventually("the store answers", async || store.read(None, 1).await.is_ok()).await;
        store
    };
    entries::check(&open().await, &open().await).await;
    leases::check(&open().await, &open().await).await;
    log::check(&open).await;
}

/// A key that no other run uses.
fn key() -> CacheKey {
    let hasher = CacheKeyHasher::with_secret(*Uuid::new_v4().as_bytes(), "");
    Credential::session_token("conformance").cache_key(&hasher)
}

/// Waits for what the store brings about by itself; 10 s.
async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(holds().await, "{what}");
}

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(20);
