//! Marked secrets through every public type and error: none comes out of `Debug`, `Display`, the logs at TRACE, or the
//! figures for operators.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot go on has failed, and it prints"
)]

mod applications;
mod journeys;
mod logs;
mod models;
mod own;
mod shown;
mod tokens;
