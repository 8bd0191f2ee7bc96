//! The gateway in axum and actix-web, over sockets: hostile requests, streams, silence, and what passes in good order.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod apps;
mod flood;
mod hangups;
mod headers;
mod hostile;
mod http2;
mod limits;
mod logouts;
mod network;
mod raw;
mod strangers;
mod streams;
mod tls;
mod upstream;

use std::alloc::System;

/// Counts the bytes in use: a stream must not be kept.
#[global_allocator]
static MEMORY: cap::Cap<System> = cap::Cap::new(System, usize::MAX);
