//! Metrics for operators, through the [`metrics`](https://docs.rs/metrics) facade (feature `metrics`).
//!
//! Install a recorder (metrics-exporter-prometheus, for example) before the first request, then call [`describe`].
//! Without a recorder nothing is recorded; without the feature nothing is compiled.
//!
//! | name | kind | labels |
//! |---|---|---|
//! | [`RESOLUTIONS`] | counter | `outcome`: `active`, `anonymous`, `no_credential`, `ambiguous`, `aal2_required`, `unconfirmed`, `rate_limited`, `unavailable`, `misconfigured`; `source`: `kratos`, `memory` (a cache or a JWT), `none` |
//! | [`LOOKUPS`] | counter | `cache`: `sessions`, `jwts`, `tokenize`; `result`: `hit`, `miss`, `joined` (a call in flight), `stale`, `shared` (found in the fleet's store) |
//! | [`UPSTREAM`] | histogram, seconds | `call`: `whoami`, `second_factor`, `jwks`, `tokenize`, and of a fleet's store `fleet_get`, `fleet_put`, `fleet_lease`, `fleet_append`, `fleet_read`; `outcome`: `answered`, `rate_limited`, `unavailable`, `misconfigured`, `abandoned` (the request ended first) |
//! | [`IN_FLIGHT`] | gauge | `call` |
//! | `FLEET_LEASES` | counter | `outcome`: `acquired` (this process calls Kratos), `joined` (another process' entry was used), `open` (there was nothing to wait for), `expired`, `failed` |
//! | `FLEET_LAG` | histogram, seconds | none: how old this process' knowledge of the fleet's log was when it was renewed |
//! | [`REFUSED_JWTS`] | counter | `reason`: why a JWT is not accepted, such as `expired`, `signature`, `unknown_key` |
//!
//! These are all label values: nothing of a request, a user or a credential becomes a label.

mod labels;
#[cfg(test)]
mod tests;

use std::time::Instant;

use ::metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

#[cfg(feature = "fleet")]
pub(crate) use self::labels::FleetLease;
pub(crate) use self::labels::{Cache, Lookup};

/// Requests that resolved their session, by outcome. Counted at the end of the request.
pub const RESOLUTIONS: &str = "kratos_session_resolutions_total";
/// Cache lookups.
pub const LOOKUPS: &str = "kratos_cache_lookups_total";
/// Durations of calls, from the first byte sent to the last byte read.
pub const UPSTREAM: &str = "kratos_upstream_seconds";
/// Calls in flight.
pub const IN_FLIGHT: &str = "kratos_upstream_in_flight";
/// Requests of a fleet for the lease of a credential that memory and store do not have.
#[cfg(feature = "fleet")]
pub const FLEET_LEASES: &str = "kratos_fleet_leases_total";
/// How old a process' knowledge of its fleet's log was, each time that it was renewed: a revocation took at most as long to arrive.
/// Past the bound of the fleet, memory is not used.
#[cfg(feature = "fleet")]
pub const FLEET_LAG: &str = "kratos_fleet_lag_seconds";
/// JWTs that were not accepted.
pub const REFUSED_JWTS: &str = "kratos_refused_jwts_total";

/// Describes the metrics to the installed recorder.
pub fn describe() {
    describe_counter!(RESOLUTIONS, Unit::Count, "Requests that resolved their Kratos session, by outcome");
    describe_counter!(LOOKUPS, Unit::Count, "Lookups in the caches of sessions and JWTs");
    describe_histogram!(UPSTREAM, Unit::Seconds, "Durations of calls to Kratos");
    describe_gauge!(IN_FLIGHT, Unit::Count, "Calls to Kratos in flight");
    #[cfg(feature = "fleet")]
    describe_counter!(
        FLEET_LEASES,
        Unit::Count,
        "Requests for the lease of an uncached credential, by outcome"
    );
    #[cfg(feature = "fleet")]
    describe_histogram!(FLEET_LAG, Unit::Seconds, "Age of what a process knows of its fleet's revocations");
    describe_counter!(REFUSED_JWTS, Unit::Count, "JWTs that were not accepted, by reason");
}

#[cfg(feature = "fleet")]
pub(crate) fn fleet_lag(lag: std::time::Duration) {
    histogram!(FLEET_LAG).record(lag);
}

#[cfg(feature = "fleet")]
pub(crate) fn fleet_lease(outcome: FleetLease) {
    let outcome = match outcome {
        FleetLease::Acquired => "acquired",
        FleetLease::Joined => "joined",
        FleetLease::Open => "open",
        FleetLease::Expired => "expired",
        FleetLease::Failed => "failed",
    };
    counter!(FLEET_LEASES, "outcome" => outcome).increment(1);
}

pub(crate) fn lookup(cache: Cache, result: Lookup) {
    // The most frequent case: literal labels allocate nothing.
    if let (Cache::Sessions, Lookup::Hit) = (&cache, &result) {
        return counter!(LOOKUPS, "cache" => "sessions", "result" => "hit").increment(1);
    }
    let cache = match cache {
        Cache::Sessions => "sessions",
        #[cfg(feature = "jwt")]
        Cache::Jwts => "jwts",
        Cache::Tokenize => "tokenize",
    };
    let result = match result {
        Lookup::Hit => "hit",
        Lookup::Miss => "miss",
        Lookup::Joined => "joined",
        Lookup::Stale => "stale",
        #[cfg(feature = "fleet")]
        Lookup::Shared => "shared",
    };
    counter!(LOOKUPS, "cache" => cache, "result" => result).increment(1);
}

/// Counts a resolution by its outcome and source.
pub(crate) fn resolution(outcome: &'static str, source: &'static str) {
    // As in `lookup`.
    if (outcome, source) == ("active", "memory") {
        return counter!(RESOLUTIONS, "outcome" => "active", "source" => "memory").increment(1);
    }
    counter!(RESOLUTIONS, "outcome" => outcome, "source" => source).increment(1);
}

/// Counts a request that carries no credential, or too many.
pub(crate) fn unasked(is_ambiguous: bool) {
    let outcome = if is_ambiguous { "ambiguous" } else { "no_credential" };
    counter!(RESOLUTIONS, "outcome" => outcome, "source" => "none").increment(1);
}

#[cfg(feature = "jwt")]
pub(crate) fn refused_jwt(reason: &'static str) {
    counter!(REFUSED_JWTS, "reason" => reason).increment(1);
}

/// A call in flight. Counted when it ends or is dropped.
#[derive(Debug)]
pub(crate) struct Upstream {
    call: &'static str,
    started: Instant,
    outcome: &'static str,
}

impl Upstream {
    pub(crate) fn start(call: &'static str) -> Self {
        gauge!(IN_FLIGHT, "call" => call).increment(1);
        Self { call, started: Instant::now(), outcome: "abandoned" }
    }

    pub(crate) fn end(mut self, outcome: &'static str) {
        self.outcome = outcome;
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT, "call" => self.call).decrement(1);
        histogram!(UPSTREAM, "call" => self.call, "outcome" => self.outcome).record(self.started.elapsed());
    }
}
