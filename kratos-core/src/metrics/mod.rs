//! Figures for operators, through the [`metrics`](https://docs.rs/metrics) facade (feature `metrics`).
//!
//! Install a recorder (metrics-exporter-prometheus, say) before the first request, then call [`describe`]. Without a
//! recorder nothing is recorded; without the feature none of it is compiled.
//!
//! | name | kind | labels |
//! |---|---|---|
//! | [`RESOLUTIONS`] | counter | `outcome`: `active`, `anonymous`, `no_credential`, `ambiguous`, `step_up`, `not_live`, `rate_limited`, `unavailable`, `misconfigured`; `source`: `kratos`, `memory` (a cache or a token), `none` |
//! | [`LOOKUPS`] | counter | `cache`: `sessions`, `tokens`, `tokenize`; `result`: `hit`, `miss`, `joined` (another's call), `stale` |
//! | [`UPSTREAM`] | histogram, seconds | `call`: `whoami`, `second_factor`, `jwks`, `tokenize`; `outcome`: `answered`, `rate_limited`, `unavailable`, `misconfigured`, `abandoned` (the request went away) |
//! | [`IN_FLIGHT`] | gauge | `call` |
//! | [`REFUSED_TOKENS`] | counter | `reason`: why a JWT opens nothing, such as `expired`, `signature`, `unknown_key` |
//!
//! These are all the values there are: nothing of a request, a person or a credential becomes a label.

#[cfg(test)]
mod tests;

use std::time::Instant;

use ::metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

/// Requests that asked for their session, by what came of it. Counted when the request is over.
pub const RESOLUTIONS: &str = "kratos_session_resolutions_total";
/// Looks into what is remembered.
pub const LOOKUPS: &str = "kratos_cache_lookups_total";
/// How long calls took, from the first byte sent to the last one read.
pub const UPSTREAM: &str = "kratos_upstream_seconds";
/// Calls under way.
pub const IN_FLIGHT: &str = "kratos_upstream_in_flight";
/// Tokens that open no session.
pub const REFUSED_TOKENS: &str = "kratos_refused_tokens_total";

/// Tells the installed recorder what the figures are.
pub fn describe() {
    describe_counter!(RESOLUTIONS, Unit::Count, "Requests that asked for their Kratos session, by outcome");
    describe_counter!(LOOKUPS, Unit::Count, "Looks into remembered sessions and tokens");
    describe_histogram!(UPSTREAM, Unit::Seconds, "How long calls to Kratos took");
    describe_gauge!(IN_FLIGHT, Unit::Count, "Calls to Kratos under way");
    describe_counter!(REFUSED_TOKENS, Unit::Count, "Tokens that open no session, by reason");
}

/// What is remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cache {
    Sessions,
    #[cfg(feature = "jwt")]
    Tokens,
    Exchange,
}

/// What a look brought.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup {
    Hit,
    Miss,
    Joined,
    Stale,
}

pub(crate) fn lookup(cache: Cache, result: Lookup) {
    // What nearly every request is: labels that are literals cost no allocation.
    if let (Cache::Sessions, Lookup::Hit) = (&cache, &result) {
        return counter!(LOOKUPS, "cache" => "sessions", "result" => "hit").increment(1);
    }
    let cache = match cache {
        Cache::Sessions => "sessions",
        #[cfg(feature = "jwt")]
        Cache::Tokens => "tokens",
        Cache::Exchange => "exchange",
    };
    let result = match result {
        Lookup::Hit => "hit",
        Lookup::Miss => "miss",
        Lookup::Joined => "joined",
        Lookup::Stale => "stale",
    };
    counter!(LOOKUPS, "cache" => cache, "result" => result).increment(1);
}

/// What came of a request's question, and who knew.
pub(crate) fn resolution(outcome: &'static str, source: &'static str) {
    // As for a hit in the cache.
    if (outcome, source) == ("active", "memory") {
        return counter!(RESOLUTIONS, "outcome" => "active", "source" => "memory").increment(1);
    }
    counter!(RESOLUTIONS, "outcome" => outcome, "source" => source).increment(1);
}

/// A question that the request itself answered: it shows no credential, or too many.
pub(crate) fn unasked(is_ambiguous: bool) {
    let outcome = if is_ambiguous { "ambiguous" } else { "no_credential" };
    counter!(RESOLUTIONS, "outcome" => outcome, "source" => "none").increment(1);
}

#[cfg(feature = "jwt")]
pub(crate) fn refused_token(reason: &'static str) {
    counter!(REFUSED_TOKENS, "reason" => reason).increment(1);
}

/// A call under way. It is counted when it ends, or when it is dropped.
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
