//! Error responses.

use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::wire::{Timestamp, open_enum, wire_struct};

wire_struct! {
    /// The body of an error response: `{"error": {…}}` and the fields that some errors put beside it.
    pub struct ErrorEnvelope {
        required {
            /// The error.
            error: ErrorBody = "error",
        }
        optional {
            /// The URL to navigate the browser to (AAL2, refresh, 422).
            redirect_browser_to: Option<String> = "redirect_browser_to",
            /// The id of the flow that replaces an expired one (0.8 and later).
            use_flow_id: Option<Uuid> = "use_flow_id",
            /// The time since the flow expired, in nanoseconds (0.8 and later).
            since: Option<i64> = "since",
            /// The time when the flow expired (0.11 and later).
            expired_at: Option<Timestamp> = "expired_at",
            /// Whether the request carried no credential at all, beside `session_inactive` (25.4 and later,
            /// session/manager.go). Kratos writes the name in Go's way.
            credentials_missing: Option<bool> = "CredentialsMissing",
        }
    }
}

impl ErrorEnvelope {
    /// Returns the `http` or `https` URL to navigate the browser to.
    ///
    /// Kratos writes it at the top level or in `details`; a wrapped error keeps only the latter.
    #[must_use]
    pub fn redirect_browser_to(&self) -> Option<Url> {
        let detail = || self.error.details.as_ref()?.get("redirect_browser_to")?.as_str();
        let target = self.redirect_browser_to.as_deref().or_else(detail)?;
        Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
    }
}

wire_struct! {
    /// An error.
    pub struct ErrorBody {
        required {}
        optional {
            /// The error's id (0.8 and later, and not for every error).
            id: Option<ErrorId> = "id",
            /// A status code. It differs from the HTTP status for some errors; rely on the HTTP status.
            code: Option<i64> = "code",
            /// The name of that status.
            status: Option<String> = "status",
            /// The id of the request.
            request: Option<String> = "request",
            /// A description for users.
            reason: Option<String> = "reason",
            /// Internal details; up to 0.11 a stack trace.
            debug: Option<String> = "debug",
            /// Further fields, which depend on the error.
            details: Option<Value> = "details",
            /// A general description.
            message: String = "message",
        }
    }
}

open_enum! {
    /// The id of an error (Kratos 26.2.0, text/message_error.go). Kratos before 0.8 sends none.
    pub enum ErrorId {
        /// The request carries no active session.
        SessionInactive = "session_inactive",
        /// A second factor is required.
        SessionAal2Required = "session_aal2_required",
        /// A second factor was requested without a first.
        SessionAal1Required = "session_aal1_required",
        /// The session already has the requested level.
        SessionAalAlreadyFulfilled = "session_aal_already_fulfilled",
        /// The user is already signed in.
        SessionAlreadyAvailable = "session_already_available",
        /// The authentication is too old for a privileged action.
        SessionRefreshRequired = "session_refresh_required",
        /// A verified address is required.
        SessionVerifiedAddressRequired = "session_verified_address_required",
        /// The flow has expired.
        SelfServiceFlowExpired = "self_service_flow_expired",
        /// Another flow replaces this one.
        SelfServiceFlowReplaced = "self_service_flow_replaced",
        /// The flow is disabled.
        SelfServiceFlowDisabled = "self_service_flow_disabled",
        /// `return_to` is not allowed.
        SelfServiceFlowReturnToForbidden = "self_service_flow_return_to_forbidden",
        /// The browser must navigate to another URL.
        BrowserLocationChangeRequired = "browser_location_change_required",
        /// The CSRF cookie and the CSRF token do not match.
        SecurityCsrfViolation = "security_csrf_violation",
        /// The flow belongs to another identity.
        SecurityIdentityMismatch = "security_identity_mismatch",
        /// Kratos is misconfigured (25.4 and later).
        InvalidConfiguration = "invalid_configuration",
        /// The identity is deactivated (400 after 26.2; before, 401 without this id).
        IdentityDisabled = "identity_disabled",
        /// A service that Kratos calls failed (25.4 and later).
        UpstreamError = "upstream_error",
    }
}
