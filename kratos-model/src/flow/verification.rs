//! Verification flows.

use super::{ContinueWith, shared::flow};

flow! {
    /// The proof that an address is one's own.
    pub struct VerificationFlow("verification" -> VerificationFlow) {
        /// What follows.
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
