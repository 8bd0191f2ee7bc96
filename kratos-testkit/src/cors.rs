//! Cross-origin requests of the application's own scripts (`serve.public.cors`).

use http::Method;

use crate::wire::{Call, Reply};
use crate::world::World;

/// The answer to a preflight of an allowed origin.
pub(crate) fn preflight(world: &World, call: &Call) -> Option<Reply> {
    let method = call.header("access-control-request-method")?;
    let origins = &world.config.cors_origins;
    if call.method != Method::OPTIONS || origins.is_empty() {
        return None;
    }
    let reply = Reply::empty(204).add("vary", "Access-Control-Request-Method");
    if allowed(origins, call).is_none() {
        return Some(reply);
    }
    let reply = reply.header("access-control-allow-methods", method);
    Some(match call.header("access-control-request-headers") {
        Some(headers) => reply.header("access-control-allow-headers", headers),
        None => reply,
    })
}

/// What every answer says about origins once any is allowed.
pub(crate) fn mark(origins: &[String], call: &Call, reply: Reply) -> Reply {
    if origins.is_empty() {
        return reply;
    }
    let reply = reply.add("vary", "Origin");
    match allowed(origins, call) {
        Some(origin) => reply
            .header("access-control-allow-origin", origin)
            .header("access-control-allow-credentials", "true")
            .header("access-control-expose-headers", "Content-Type"),
        None => reply,
    }
}

fn allowed<'a>(origins: &[String], call: &'a Call) -> Option<&'a str> {
    call.header("origin").filter(|origin| origins.iter().any(|known| known == origin))
}
