//! The known failures of other crates of this kind, each shown not to be ours.
//!
//! Kratos is the testkit, which does on demand what a network or an ill server does, or a stub that says what no
//! Kratos says yet. Applications are called without a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod app;
mod headers;
mod layers;
mod models;
mod outage;
mod redirects;
