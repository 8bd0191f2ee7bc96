//! Settings flows.

use super::{ContinueWith, SuccessfulSettings, shared::flow};
use crate::model::Identity;

flow! {
    /// A settings flow: change the profile or credentials.
    pub struct SettingsFlow("settings" -> SuccessfulSettings) {
        /// The identity to change.
        identity: Option<Identity> = "identity",
        /// The steps that follow (0.13 and later).
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
