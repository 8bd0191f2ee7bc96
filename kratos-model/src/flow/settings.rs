//! Settings flows.

use uuid::Uuid;

use super::{ContinueWith, SuccessfulSettings, shared::flow};
use crate::model::Identity;

flow! {
    /// A settings flow: change the profile or credentials.
    pub struct SettingsFlow("settings" -> SuccessfulSettings) {
        /// The identity to change.
        identity: Option<Identity> = "identity",
        /// The organization that manages the identity (after 26.2, Ory Network).
        organization_id: Option<Uuid> = "organization_id",
        /// The steps that follow (0.13 and later). After 26.2, a change of an address that must be verified first is done when
        /// the verification flow of a step is.
        continue_with: Vec<ContinueWith> = "continue_with",
    }
}
