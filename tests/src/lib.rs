//! Shared parts of the suites: the servers that they run against, a driver that signs users in on every release of
//! Kratos, and a recorder of exchanges.
//!
//! Environment variables configure the suites; README.md lists them. Without any, everything but the browser suite
//! runs, on the testkit.

// A suite that cannot continue has failed: unlike library code, it may panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

pub mod authenticator;
pub mod driver;
pub mod examples;
pub mod gallery;
pub mod gateway;
pub mod hooks;
pub mod http;
pub mod hydra;
pub mod lab;
pub mod program;
pub mod provider;
pub mod record;
pub mod replay;
pub mod suite;
