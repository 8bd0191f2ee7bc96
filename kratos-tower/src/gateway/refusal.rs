//! Responses of the gateway itself.

use std::time::Duration;

use http::{HeaderValue, Response, StatusCode, header};

use super::GatewayBody;

/// What Kratos answers to a path that it does not have, which tells clients a route from a record (26.2.0, Go's net/http).
const NOT_FOUND: &str = "404 page not found\n";

/// Why the gateway answered by itself. It is in the response's extensions, for tracing, metrics and error pages; the body
/// is an error in Kratos' JSON shape, with a fixed text, or for a path what Kratos answers to those that it does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GatewayRefusal {
    /// The path is not one of the public API: 404.
    Path,
    /// The method is not one of the public API, `CONNECT` and `TRACE` among them: 405.
    Method,
    /// The request asks for another protocol: 400.
    Upgrade,
    /// The length of the request's body is not clear: 400.
    Framing,
    /// The request is too long for a URL or a header: 400.
    Malformed,
    /// The request's body exceeds the limit: 413.
    BodyTooLarge,
    /// The client sent the request's body too slowly: 408.
    BodyTooSlow,
    /// The client broke the request's body off: 400.
    BodyBroken,
    /// The client, or the identifier that the form names, exceeds a rate limit: 429 with `Retry-After`.
    RateLimited {
        /// When to try again.
        retry_after: Duration,
    },
    /// The request passed this gateway before: 508. The log names the fix.
    Loop,
    /// Kratos timed out repeatedly, or too many calls are in flight: 503 with `Retry-After`.
    Unavailable {
        /// When to try again.
        retry_after: Duration,
    },
    /// Kratos cannot be reached, or broke the connection: 502.
    Unreachable,
    /// Kratos did not answer in time: 504.
    TimedOut,
}

impl GatewayRefusal {
    /// Returns the status of the response.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Upgrade | Self::Framing | Self::Malformed | Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Loop => StatusCode::LOOP_DETECTED,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unreachable => StatusCode::BAD_GATEWAY,
            Self::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Path => NOT_FOUND,
            Self::Method => "The method is not one of the public API.",
            Self::Upgrade => "The protocol cannot be upgraded here.",
            Self::Framing => "The length of the request's body is not clear.",
            Self::Malformed => "The request cannot be passed on.",
            Self::BodyTooLarge => "The request's body is too large.",
            Self::BodyTooSlow => "The request's body took too long.",
            Self::BodyBroken => "The request's body broke off.",
            Self::RateLimited { .. } => "Too many attempts. Try again later.",
            Self::Loop => "The server is misconfigured; see its log.",
            Self::Unavailable { .. } | Self::Unreachable | Self::TimedOut => {
                "The identity service is unavailable. Try again later."
            }
        }
    }

    pub(super) fn into_response(self) -> Response<GatewayBody> {
        let status = self.status();
        let reason = status.canonical_reason().unwrap_or_default();
        let (code, message) = (status.as_u16(), self.message());
        let (kind, body) = match self {
            Self::Path => ("text/plain; charset=utf-8", NOT_FOUND.into()),
            _ => (
                "application/json",
                format!(
                    "{{\"error\":{{\"code\":{code},\"status\":\"{reason}\",\"message\":\"{message}\"}}}}"
                )
                .into(),
            ),
        };
        let mut response = Response::new(GatewayBody::answer(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::Method => {
                let allowed = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
                headers.insert(header::ALLOW, allowed);
            }
            Self::Unavailable { retry_after } | Self::RateLimited { retry_after } => {
                // Whole seconds, rounded up: zero would mean at once.
                let seconds = retry_after.as_secs().saturating_add(u64::from(retry_after.subsec_nanos() > 0));
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
            }
            _ => {}
        }
        response.extensions_mut().insert(self);
        response
    }
}
