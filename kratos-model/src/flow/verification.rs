//! Verification flows.

use super::{ContinueWith, shared::flow};

flow! {
    /// A verification flow: prove ownership of an address.
    pub struct VerificationFlow("verification" -> VerificationFlow) {
        /// The steps that follow.
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
