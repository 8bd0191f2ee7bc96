//! Trace events of Kratos: what they drop, in axum and in actix-web. Recorded traces in every run; those of each program of
//! `KRATOS_PROGRAM`, whose revocations reach the cache of an application, when it is set.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step fails the test, and the measured times are printed"
)]

mod apps;
mod forgotten;
mod hostile;
mod real;
mod recorded;
