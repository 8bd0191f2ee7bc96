//! What keeps people from signing in: each misconfiguration once, as what is seen of it and the key to change.
//!
//! [`check`](crate::check) reports these when it is asked to look. The rest of the crate logs them where it meets them:
//! when an application is put together, and on ways that are rare or have failed already. A request that goes well pays
//! nothing for it. Each is logged once a process, and shows hosts and origins only: no path, query or credential.

pub(crate) mod cookies;
mod finding;
pub(crate) mod hosts;
mod once;
pub(crate) mod ports;
pub(crate) mod return_to;

pub use finding::{Finding, Topic, Verdict};

/// A mistake in how the application is put together, in the words of the 500 that answers it.
pub(crate) fn misuse(explanation: &str) -> Finding {
    Finding::explained(Topic::Application, explanation)
}
