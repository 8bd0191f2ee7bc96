//! Registration flows.

use uuid::Uuid;

use super::{SuccessfulRegistration, shared::flow};
use crate::wire::{QuietText, RawJson, SecretText};

flow! {
    /// A sign-up.
    pub struct RegistrationFlow("registration" -> SuccessfulRegistration) {
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
