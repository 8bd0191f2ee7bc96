//! Recovery flows.

use super::{ContinueWith, shared::flow};

flow! {
    /// The way back into an account.
    pub struct RecoveryFlow("recovery" -> RecoveryFlow) {
        /// What follows (1.1 and later).
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
