//! Registration flows.

use uuid::Uuid;

use super::{SuccessfulRegistration, shared::flow};
use crate::wire::{QuietText, RawJson, SecretText};

flow! {
    /// A registration flow: create an identity.
    pub struct RegistrationFlow("registration" -> SuccessfulRegistration) {
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
