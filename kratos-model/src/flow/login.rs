//! Login flows.

use uuid::Uuid;

use super::{SuccessfulLogin, shared::flow};
use crate::{
    model::Aal,
    wire::{QuietText, RawJson, SecretText, Timestamp},
};

flow! {
    /// A login flow: sign in, refresh, or step up to AAL2.
    pub struct LoginFlow("login" -> SuccessfulLogin) {
        /// Whether the flow is a refresh (0.8 and later). Prefer [`LoginFlow::is_refresh`].
        refresh: bool = "refresh",
        /// The name of `refresh` in 0.6 and 0.7.
        forced: bool = "forced",
        /// The requested assurance level (0.8 and later).
        requested_aal: Option<Aal> = "requested_aal",
        /// The time of creation.
        created_at: Option<Timestamp> = "created_at",
        /// The time of the last change.
        updated_at: Option<Timestamp> = "updated_at",
        /// The OAuth 2 login challenge of Ory Hydra (0.11 and later).
        oauth2_login_challenge: Option<QuietText> = "oauth2_login_challenge",
        /// The OAuth 2 request, as Hydra describes it (0.11 and later).
        oauth2_login_request: Option<RawJson> = "oauth2_login_request",
        /// The first of the two codes that a native app exchanges for a session after single sign-on (1.0 and later).
        session_token_exchange_code: Option<SecretText> = "session_token_exchange_code",
        /// The organization (1.1 and later, Ory Network).
        organization_id: Option<Uuid> = "organization_id",
        /// The id of the identity schema (25.4 and later).
        identity_schema: Option<String> = "identity_schema",
    }
}

impl LoginFlow {
    /// Returns whether the user is signed in and authenticates again.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.refresh || self.forced
    }
}
