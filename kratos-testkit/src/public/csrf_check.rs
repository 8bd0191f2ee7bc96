//! The CSRF check of a submission (Kratos 26.2.0, x/nosurfx/nosurf.go and selfservice/flow/request.go).

use super::step::{Stop, refuse};
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;

/// Requires the CSRF token of a browser; requires that a native program sends neither cookies nor an origin.
pub(crate) fn check(exchange: &Exchange<'_>, flow: &mut Flow, form: &Form) -> Result<(), Stop> {
    if flow.is_browser() {
        // Kratos 26.2.0 ignores a token that is only in a header
        return if exchange.csrf_fits(form.text("csrf_token")) {
            Ok(())
        } else {
            Err(violation(exchange, form).into())
        };
    }
    let blocked = if exchange.call.header("origin").is_some_and(|origin| !origin.is_empty()) {
        "The HTTP Request Header included the \"Origin\" key, indicating that this request was made as part of an \
         AJAX request in a Browser."
    } else if exchange.call.has_browser_cookies() {
        "The HTTP Request Header included the \"Cookie\" key, indicating that this request was made by a Browser."
    } else {
        return Ok(());
    };
    let reason = format!(
        "{blocked} The flow however was initiated as an API request. To prevent potential misuse and mitigate \
         several attack vectors including CSRF, the request has been blocked. Please consult the documentation."
    );
    Err(refuse(flow, text::generic(&reason)))
}

/// 403 `security_csrf_violation` with the hint of Kratos 26.2.0 at the cause.
pub(crate) fn violation(exchange: &Exchange<'_>, form: &Form) -> Problem {
    let call = exchange.call;
    let problem = Problem::new(403, "the request was rejected to protect you from Cross-Site-Request-Forgery")
        .with_id("security_csrf_violation")
        .reason(
            "Please retry the flow and optionally clear your cookies. The request was rejected to protect you from \
             Cross-Site-Request-Forgery (CSRF) which could cause account takeover, leaking personal information, \
             and other serious security issues.",
        )
        .detail("docs", "https://www.ory.sh/kratos/docs/debug/csrf");
    let is_script = matches!(call.header("sec-fetch-mode"), Some("cors" | "same-origin"));
    let hint = if is_script {
        "We detected an AJAX call, please ensure that CORS is enabled and configured correctly, and that your AJAX \
         code sends cookies and has credentials enabled. For further debugging, check your Browser's Network Tab \
         to see what cookies are included or excluded."
    } else {
        "We detected a regular browser or server-side call. To debug browser calls check your Browser's Network Tab \
         to see what cookies are included or excluded. If you are calling from a server ensure that the \
         appropriate cookies are being forwarded and that the SDK method is called correctly."
    };
    let is_json = call.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    let sent = !form.text("csrf_token").is_empty() || call.header("x-csrf-token").is_some();
    let reason = if call.header("cookie").is_none_or(str::is_empty) {
        "The HTTP Cookie Header is empty or not set."
    } else if !exchange.has_csrf_cookie() {
        "The HTTP Cookie Header was set but did not include the anti-CSRF cookie."
    } else if !is_json && !sent {
        return problem.detail(
            "hint",
            "The anti-CSRF cookie was found but the CSRF token was not included in the HTTP request body \
             (csrf_token) nor in the HTTP Header (X-CSRF-Token).",
        );
    } else {
        "The HTTP Cookie Header was set and a CSRF token was sent but they do not match. We recommend deleting all \
         cookies for this domain and retrying the flow."
    };
    problem.detail("hint", hint).detail("reject_reason", reason)
}
