//! Metrics of [`EventReceiver`](crate::EventReceiver) for operators, through the [`metrics`](https://docs.rs/metrics) facade
//! (feature `metrics`).
//!
//! Install a recorder (metrics-exporter-prometheus, for example) before the first request, then call [`describe`].
//! Without a recorder nothing is recorded; without the feature nothing is compiled.
//!
//! | name | kind | labels |
//! |---|---|---|
//! | [`BODIES`] | counter | `outcome`: `read`; `unproven` (401: the sender did not prove itself); `busy` (503: too many at the same time, or too slow; sent again); `lost` (400, 413, 415: it cannot be read, and every cached session was dropped); `uncached` (500: the `Kratos` caches nothing) |
//! | [`EVENTS`] | counter | `result`: `applied` (cached sessions were dropped, by an event or the span of a request), `ignored` (an event that revokes nothing) |
//!
//! These are all label values: nothing of a request, a user or a credential becomes a label.

#[cfg(test)]
mod tests;

use ::metrics::{Unit, counter, describe_counter};
use http::StatusCode;

/// Bodies that were sent to the receiver, by outcome. Counted with the answer.
pub const BODIES: &str = "kratos_event_bodies_total";
/// Events in the bodies that were read.
pub const EVENTS: &str = "kratos_events_total";

/// Describes the metrics to the installed recorder.
pub fn describe() {
    describe_counter!(BODIES, Unit::Count, "Bodies with events of Kratos, by outcome");
    describe_counter!(EVENTS, Unit::Count, "Events of Kratos, by what became of them");
}

pub(crate) fn read(applied: usize, ignored: usize) {
    counter!(BODIES, "outcome" => "read").increment(1);
    counter!(EVENTS, "result" => "applied").increment(u64::try_from(applied).unwrap_or(u64::MAX));
    counter!(EVENTS, "result" => "ignored").increment(u64::try_from(ignored).unwrap_or(u64::MAX));
}

pub(crate) fn refused(status: StatusCode) {
    let outcome = match status {
        StatusCode::UNAUTHORIZED => "unproven",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        StatusCode::INTERNAL_SERVER_ERROR => "uncached",
        _ => "lost",
    };
    counter!(BODIES, "outcome" => outcome).increment(1);
}
