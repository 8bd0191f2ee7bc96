//! What the suites share: the servers they run against, a driver that signs people in on every generation of
//! Kratos, and a recorder that keeps what the servers said.
//!
//! Environment variables steer the suites. None is needed: without them everything but the browser suite runs, on the
//! testkit.
//! - `KRATOS_LAB` names a file that lists running servers (see [`lab`]).
//! - `KRATOS_RECORD` names a folder; every exchange with those servers is written there (see [`record`]).
//! - `KRATOS_REPLAY` names a folder of such exchanges, to be replayed beside our own captures.
//! - `KRATOS_BROWSER` asks for the browser suite, `KRATOS_BROWSER_SHOTS` names a folder for its pictures.

// A suite that cannot go on has failed, and says so by stopping: what library code must not do is right here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

pub mod driver;
pub mod http;
pub mod lab;
pub mod provider;
pub mod record;
pub mod replay;
pub mod suite;
