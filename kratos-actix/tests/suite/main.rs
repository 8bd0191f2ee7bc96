//! actix-web guarded by doubles of Kratos. What is decided is core's affair and proven there; here, that it reaches
//! a handler and a response.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

mod app_data;
mod doubles;
mod extract;
mod failures;
#[cfg(feature = "hooks")]
mod hooks;
mod request;
mod require;
mod session;
mod workers;
