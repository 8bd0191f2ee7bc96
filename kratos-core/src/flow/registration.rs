//! Registration flows.

use uuid::Uuid;

use super::{
    FlowState, FlowType, SuccessfulRegistration,
    shared::flow,
    ui::{NodeGroup, UiContainer},
};
use crate::wire::{QuietText, RawJson, SecretText, Timestamp, wire_struct};

wire_struct! {
    /// A sign-up.
    pub struct RegistrationFlow {
        required {
            /// The flow's id.
            id: Uuid = "id",
            /// The form.
            ui: UiContainer = "ui",
        }
        optional {
            /// Whether it is a browser's or a native app's.
            kind: Option<FlowType> = "type",
            /// The method in use, once one was chosen.
            active: Option<NodeGroup> = "active",
            /// How far it is.
            state: Option<FlowState> = "state",
            /// When it was made.
            issued_at: Option<Timestamp> = "issued_at",
            /// Until when it can be submitted.
            expires_at: Option<Timestamp> = "expires_at",
            /// The URL that made it, as Kratos saw it.
            request_url: QuietText = "request_url",
            /// Where the browser goes afterwards (0.8 and later).
            return_to: Option<String> = "return_to",
            /// What the application handed in and its web hooks get (1.2 and later, registration 0.13).
            transient_payload: Option<RawJson> = "transient_payload",
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
}

flow!(RegistrationFlow, "registration", SuccessfulRegistration);
