//! Errors as Kratos writes them.

use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::wire::{Timestamp, open_enum, wire_struct};

wire_struct! {
    /// The body of an error answer: `{"error": {…}}` and what some errors put beside it.
    pub struct ErrorEnvelope {
        required {
            /// The error.
            error: ErrorBody = "error",
        }
        optional {
            /// Where the browser has to go next (AAL2, refresh, 422).
            redirect_browser_to: Option<String> = "redirect_browser_to",
            /// The flow that replaces an expired one (0.8 and later).
            use_flow_id: Option<Uuid> = "use_flow_id",
            /// How long ago the flow expired, in nanoseconds (0.8 and later).
            since: Option<i64> = "since",
            /// When the flow expired (0.11 and later).
            expired_at: Option<Timestamp> = "expired_at",
        }
    }
}

impl ErrorEnvelope {
    /// Where the browser has to go next. Kratos writes it at the top or in the details; an error that was
    /// wrapped on its way keeps only the latter (api-map B2).
    #[must_use]
    pub fn redirect_browser_to(&self) -> Option<Url> {
        let detail = || self.error.details.as_ref()?.get("redirect_browser_to")?.as_str();
        let target = self.redirect_browser_to.as_deref().or_else(detail)?;
        Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
    }
}

wire_struct! {
    /// One error.
    pub struct ErrorBody {
        required {}
        optional {
            /// Which error (0.8 and later, and not on every error).
            id: Option<ErrorId> = "id",
            /// A status code. The HTTP status is the one to trust: they differ on some errors.
            code: Option<i64> = "code",
            /// The name of that status.
            status: Option<String> = "status",
            /// The id of the request.
            request: Option<String> = "request",
            /// What went wrong, for people.
            reason: Option<String> = "reason",
            /// Inner details; releases up to 0.11 put stack traces here.
            debug: Option<String> = "debug",
            /// More, by error.
            details: Option<Value> = "details",
            /// What went wrong, in general.
            message: String = "message",
        }
    }
}

open_enum! {
    /// Which error it is (26.2.0 `text/id.go`; releases before 0.8 send none).
    pub enum ErrorId {
        /// There is no session.
        SessionInactive = "session_inactive",
        /// A second factor is asked for.
        SessionAal2Required = "session_aal2_required",
        /// A second factor was asked for without a first.
        SessionAal1Required = "session_aal1_required",
        /// The level asked for is there already.
        SessionAalAlreadyFulfilled = "session_aal_already_fulfilled",
        /// Somebody is signed in already.
        SessionAlreadyAvailable = "session_already_available",
        /// The sign-in is too long ago for a privileged action.
        SessionRefreshRequired = "session_refresh_required",
        /// An address has to be verified first.
        SessionVerifiedAddressRequired = "session_verified_address_required",
        /// The flow has expired.
        SelfServiceFlowExpired = "self_service_flow_expired",
        /// The flow was replaced by another.
        SelfServiceFlowReplaced = "self_service_flow_replaced",
        /// The flow is not offered.
        SelfServiceFlowDisabled = "self_service_flow_disabled",
        /// `return_to` is not allowed.
        SelfServiceFlowReturnToForbidden = "self_service_flow_return_to_forbidden",
        /// The browser has to go elsewhere.
        BrowserLocationChangeRequired = "browser_location_change_required",
        /// The CSRF cookie and token do not belong together.
        SecurityCsrfViolation = "security_csrf_violation",
        /// The flow belongs to another identity.
        SecurityIdentityMismatch = "security_identity_mismatch",
        /// Kratos is misconfigured (25.4 and later).
        InvalidConfiguration = "invalid_configuration",
        /// Something behind Kratos failed (25.4 and later).
        UpstreamError = "upstream_error",
    }
}
