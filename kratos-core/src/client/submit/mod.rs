//! What is submitted to a flow: one builder for each method, and [`Raw`] for what comes next.
//!
//! A body belongs to a flow by its type, so that a sign-up is never sent to a login flow. All of them have
//! `with_field`, for a field that this release of the crate does not know.

pub(crate) mod body;
pub mod login;
pub mod recovery;
pub mod registration;
pub mod settings;
pub mod verification;

pub(crate) use body::Body;
pub use body::{Raw, SubmitBody};
