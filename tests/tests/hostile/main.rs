//! Malicious requests: those that no browser sends, those that other sites make browsers send, and those that
//! imitate another user's.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod apps;
mod cookies;
mod credentials;
mod return_to;
mod spoofed;
mod users;
