//! The known failures of other crates of this kind, each as a test that this one does not share it.
//!
//! Kratos is the testkit, which fails on demand like a network or a broken server, or a stub that answers what no
//! Kratos answers yet. Applications are called without a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot continue has failed"
)]

mod app;
mod headers;
mod layers;
mod models;
mod outage;
mod redirects;
