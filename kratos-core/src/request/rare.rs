//! The state of a request that few requests need.

use std::sync::{Mutex, OnceLock};

use http::HeaderValue;
use tokio::sync::Mutex as Turn;

use super::session::Outcome;

/// Made when first needed, so that a request with a cached session does not pay for it.
#[derive(Default)]
pub(super) struct Rare {
    /// The live resolution, where a cached one is not enough.
    pub(super) live: OnceLock<Outcome>,
    /// Serializes the calls of this request.
    pub(super) asking: Turn<()>,
    /// The cookies of the flows that the response shows; unset when it shows none.
    pub(super) shown: OnceLock<Mutex<Vec<HeaderValue>>>,
}
