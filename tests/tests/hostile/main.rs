//! Requests of people who mean harm: what no browser sends, what others' pages make browsers send, and what is made
//! to look like somebody else's.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot go on has failed, and it prints"
)]

mod apps;
mod cookies;
mod credentials;
mod return_to;
mod spoofed;
mod users;
