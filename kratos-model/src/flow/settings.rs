//! Settings flows.

use super::{ContinueWith, SuccessfulSettings, shared::flow};
use crate::model::Identity;

flow! {
    /// A change of one's own profile or credentials.
    pub struct SettingsFlow("settings" -> SuccessfulSettings) {
        /// Whose settings they are.
        identity: Option<Identity> = "identity",
        /// What follows (0.13 and later).
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
