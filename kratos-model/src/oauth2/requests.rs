use super::OAuth2Client;
use crate::wire::{QuietText, RawJson, Timestamp, wire_struct};

wire_struct! {
    /// What the client asked for in the terms of OpenID Connect.
    pub struct OidcContext {
        required {}
        optional {
            /// The authentication context classes, in the client's order of preference (`acr_values`).
            acr_values: Vec<String> = "acr_values",
            /// How the client wants pages to look: `page`, `popup`, `touch` or `wap`.
            display: Option<String> = "display",
            /// The identifier that the user may want to sign in with.
            login_hint: Option<QuietText> = "login_hint",
            /// The languages, in the client's order of preference (BCP 47).
            ui_locales: Vec<String> = "ui_locales",
            /// The claims of the ID token that the client sent as a hint.
            id_token_hint_claims: Option<RawJson> = "id_token_hint_claims",
        }
    }
}

wire_struct! {
    /// A client asks who the user is. Kratos itself answers it.
    pub struct LoginRequest {
        required {}
        optional {
            /// The challenge; empty in a list of consents.
            challenge: QuietText = "challenge",
            /// The client.
            client: Option<OAuth2Client> = "client",
            /// Whether the provider knows the user already, and no sign-in is needed.
            skip: bool = "skip",
            /// The user, if `skip` is set; otherwise empty.
            subject: String = "subject",
            /// The requested scopes.
            requested_scope: Vec<String> = "requested_scope",
            /// The requested audiences.
            requested_access_token_audience: Vec<String> = "requested_access_token_audience",
            /// What the client asked for by OpenID Connect.
            oidc_context: Option<OidcContext> = "oidc_context",
            /// The URL of the client's request.
            request_url: Option<QuietText> = "request_url",
            /// The provider's session.
            session_id: Option<String> = "session_id",
        }
    }
}

wire_struct! {
    /// A client asks for access to a user's account.
    pub struct ConsentRequest {
        required {}
        optional {
            /// The challenge; empty in a list of consents.
            challenge: QuietText = "challenge",
            /// The id by which consents are revoked (25.4 and later).
            consent_request_id: Option<String> = "consent_request_id",
            /// The client.
            client: Option<OAuth2Client> = "client",
            /// The user who signed in: with Kratos, the identity's id.
            subject: String = "subject",
            /// Whether the user gave consent to the same before, to be remembered.
            skip: bool = "skip",
            /// The requested scopes.
            requested_scope: Vec<String> = "requested_scope",
            /// The requested audiences.
            requested_access_token_audience: Vec<String> = "requested_access_token_audience",
            /// What the client asked for by OpenID Connect; absent for a device.
            oidc_context: Option<OidcContext> = "oidc_context",
            /// The URL of the client's request.
            request_url: Option<QuietText> = "request_url",
            /// The challenge of the login, or an id of it.
            login_challenge: Option<QuietText> = "login_challenge",
            /// The provider's session: `sid` of ID tokens and logout tokens.
            login_session_id: Option<String> = "login_session_id",
            /// The authentication context class that the login was accepted with. Kratos sets none.
            acr: Option<String> = "acr",
            /// The authentication methods that the login was accepted with: those of Kratos' session.
            amr: Vec<String> = "amr",
            /// What the login was accepted with for the consent. Kratos sets none.
            context: Option<RawJson> = "context",
            /// When the client asked.
            requested_at: Option<Timestamp> = "requested_at",
        }
    }
}

impl ConsentRequest {
    /// Returns the requested languages, in the client's order of preference.
    #[must_use]
    pub fn ui_locales(&self) -> &[String] {
        self.oidc_context.as_ref().map_or(&[], |context| &context.ui_locales)
    }

    /// Returns the requested authentication context classes, in the client's order of preference.
    #[must_use]
    pub fn acr_values(&self) -> &[String] {
        self.oidc_context.as_ref().map_or(&[], |context| &context.acr_values)
    }

    /// Returns whether the client requested this scope.
    #[must_use]
    pub fn requests(&self, scope: &str) -> bool {
        self.requested_scope.iter().any(|requested| requested == scope)
    }
}

wire_struct! {
    /// A client, or the user at the provider, asks to end the provider's session.
    pub struct LogoutRequest {
        required {}
        optional {
            /// The challenge.
            challenge: QuietText = "challenge",
            /// The user of the session.
            subject: String = "subject",
            /// The provider's session.
            sid: Option<String> = "sid",
            /// The client that asks; absent if the user began at the provider.
            client: Option<OAuth2Client> = "client",
            /// Whether a client asks, by an ID token of this session.
            rp_initiated: bool = "rp_initiated",
            /// The URL of the request. It may hold an ID token.
            request_url: Option<QuietText> = "request_url",
            /// When the request was made.
            requested_at: Option<Timestamp> = "requested_at",
            /// When the request expires.
            expires_at: Option<Timestamp> = "expires_at",
        }
    }
}
