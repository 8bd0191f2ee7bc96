//! Recovery flows.

use super::{ContinueWith, shared::flow};

flow! {
    /// A recovery flow: regain access to an account.
    pub struct RecoveryFlow("recovery" -> RecoveryFlow) {
        /// The steps that follow (1.1 and later).
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
