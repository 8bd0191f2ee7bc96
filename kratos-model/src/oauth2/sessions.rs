use super::ConsentRequest;
use crate::wire::{RawJson, Timestamp, wire_struct};

wire_struct! {
    /// A consent that a user gave.
    pub struct ConsentSession {
        required {}
        optional {
            /// The id by which it is revoked (25.4 and later).
            consent_request_id: Option<String> = "consent_request_id",
            /// The request.
            consent_request: Option<ConsentRequest> = "consent_request",
            /// The granted scopes.
            grant_scope: Vec<String> = "grant_scope",
            /// The granted audiences.
            grant_access_token_audience: Vec<String> = "grant_access_token_audience",
            /// The claims.
            session: Option<SessionClaims> = "session",
            /// Whether the user is not asked again for the same.
            remember: bool = "remember",
            /// For how many seconds it is remembered; 0: without end.
            remember_for: i64 = "remember_for",
            /// When the user answered.
            handled_at: Option<Timestamp> = "handled_at",
            /// What the application keeps with the consent.
            context: Option<RawJson> = "context",
        }
    }
}

wire_struct! {
    /// The claims of a consent, by token.
    pub struct SessionClaims {
        required {}
        optional {
            /// The claims of the ID token, which `/userinfo` returns too.
            id_token: Option<RawJson> = "id_token",
            /// The claims of the access token.
            access_token: Option<RawJson> = "access_token",
        }
    }
}

wire_struct! {
    /// An error of the provider (RFC 6749 §5.2).
    pub struct ProviderError {
        required {}
        optional {
            /// The code.
            error: String = "error",
            /// The error in words, for developers.
            error_description: Option<String> = "error_description",
            /// What may help.
            error_hint: Option<String> = "error_hint",
            /// The HTTP status.
            status_code: Option<i64> = "status_code",
        }
    }
}
