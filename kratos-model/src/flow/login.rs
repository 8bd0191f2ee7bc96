//! Login flows.

use uuid::Uuid;

use super::{SuccessfulLogin, shared::flow};
use crate::{
    model::Aal,
    wire::{QuietText, RawJson, SecretText, Timestamp, wire_struct},
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
        /// The test of a provider that this flow is for (after 26.2).
        test_context: Option<TestContext> = "test_context",
    }
}

wire_struct! {
    /// The test of a single sign-on provider (after 26.2; selfservice/flow/login/test_context.go).
    pub struct TestContext {
        required {}
        optional {
            /// The provider.
            provider_id: String = "provider_id",
            /// What the provider and the mapper returned; absent until the user returns from the provider.
            debug_payload: Option<TestDebugPayload> = "debug_payload",
        }
    }
}

wire_struct! {
    /// What the test of a provider recorded. It has personal data of the user, and no tokens.
    pub struct TestDebugPayload {
        required {}
        optional {
            /// The claims of the ID token.
            id_token_claims: Option<RawJson> = "id_token_claims",
            /// The claims of the provider's userinfo.
            userinfo: Option<RawJson> = "userinfo",
            /// The URL of the Jsonnet mapper; a `base64://` URL is the mapper itself.
            jsonnet_mapper_url: Option<QuietText> = "jsonnet_mapper_url",
            /// The input of the mapper.
            jsonnet_input: Option<RawJson> = "jsonnet_input",
            /// The output of the mapper.
            jsonnet_output: Option<RawJson> = "jsonnet_output",
            /// What the mapper wrote to standard error.
            jsonnet_stderr: Option<QuietText> = "jsonnet_stderr",
            /// The errors of the mapped traits.
            schema_validation_errors: Vec<RawJson> = "schema_validation_errors",
            /// The step that failed.
            error: Option<TestStepError> = "error",
        }
    }
}

wire_struct! {
    /// The step of a provider's test that failed.
    pub struct TestStepError {
        required {}
        optional {
            /// The step, such as `token_exchange`.
            step: String = "step",
            /// The cause, such as `access_denied`.
            reason: String = "reason",
            /// The explanation.
            message: QuietText = "message",
        }
    }
}

impl LoginFlow {
    /// Returns whether the user is signed in and authenticates again.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.refresh || self.forced
    }
}
