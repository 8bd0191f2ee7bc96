//! Login flows.

use uuid::Uuid;

use super::{SuccessfulLogin, shared::flow};
use crate::{
    model::Aal,
    wire::{QuietText, RawJson, SecretText, Timestamp},
};

flow! {
    /// A sign-in, a refresh of one, or a step-up to a second factor.
    pub struct LoginFlow("login" -> SuccessfulLogin) {
        /// Whether its owner is signed in and shows a factor again (0.8 and later; see [`LoginFlow::is_refresh`]).
        refresh: bool = "refresh",
        /// What `refresh` was called in 0.6 and 0.7.
        forced: bool = "forced",
        /// The level that it leads to (0.8 and later).
        requested_aal: Option<Aal> = "requested_aal",
        /// When its row was made.
        created_at: Option<Timestamp> = "created_at",
        /// When its row last changed.
        updated_at: Option<Timestamp> = "updated_at",
        /// The OAuth 2 login challenge of Ory Hydra (0.11 and later).
        oauth2_login_challenge: Option<QuietText> = "oauth2_login_challenge",
        /// What Hydra tells of the OAuth 2 request (0.11 and later).
        oauth2_login_request: Option<RawJson> = "oauth2_login_request",
        /// Half of what a native app exchanges for a session after single sign-on (1.0 and later).
        session_token_exchange_code: Option<SecretText> = "session_token_exchange_code",
        /// The organization (1.1 and later, Ory Network).
        organization_id: Option<Uuid> = "organization_id",
        /// The schema that identities of this flow follow (25.4 and later).
        identity_schema: Option<String> = "identity_schema",
    }
}

impl LoginFlow {
    /// Whether its owner is signed in already and shows a factor again.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.refresh || self.forced
    }
}
