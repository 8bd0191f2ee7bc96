//! CORS for the application's scripts (`serve.public.cors`).

use axum::body::Body;
use http::{Method, Request, Response};

use crate::wire::{Call, Reply};

/// Returns the response to a preflight, before routing; none if no origin is allowed.
pub(crate) fn preflight(origins: &[String], request: &Request<Body>) -> Option<Response<Body>> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let method = header("access-control-request-method")?;
    if request.method() != Method::OPTIONS || origins.is_empty() {
        return None;
    }
    let vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
    let mut reply = Reply::empty(204).header("vary", vary);
    if let Some(origin) = header("origin").filter(|origin| is_allowed(origins, origin)) {
        reply = reply
            .header("access-control-allow-origin", origin)
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-methods", method);
        if let Some(headers) = header("access-control-request-headers") {
            reply = reply.header("access-control-allow-headers", headers);
        }
    }
    Some(reply.into_response())
}

/// Adds the CORS headers of every other response, if any origin is allowed.
pub(crate) fn mark(origins: &[String], call: &Call, reply: Reply) -> Reply {
    if origins.is_empty() {
        return reply;
    }
    let reply = reply.add("vary", "Origin");
    match call.header("origin").filter(|origin| is_allowed(origins, origin)) {
        Some(origin) => reply
            .header("access-control-allow-origin", origin)
            .header("access-control-allow-credentials", "true")
            .header("access-control-expose-headers", "Content-Type"),
        None => reply,
    }
}

fn is_allowed(origins: &[String], origin: &str) -> bool {
    origins.iter().any(|known| known == origin)
}
