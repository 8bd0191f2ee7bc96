//! `/admin/sessions/{id}`: the sessions of all identities.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply, parse_id};

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?;
    let Exchange { world, call, .. } = exchange;
    let session = world.session(id).ok_or_else(Problem::no_row)?;
    let expand = call.queries("expand");
    let has = |what: &str| expand.iter().any(|item| item == what);
    let identity = match world.identity(session.identity) {
        Some(identity) if has("identity") => world.public_identity(identity),
        _ => Value::Null,
    };
    let devices = if has("devices") { session.devices_json() } else { json!([]) };
    Ok(Reply::ok(&session.json(world.now(), &identity, &devices)))
}

pub(super) fn revoke(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?;
    if let Some(session) = exchange.world.session_mut(id) {
        session.revoked = true;
    }
    Ok(Reply::no_content())
}

/// Extends the session; the browser's next whoami sets the longer cookie.
pub(super) fn extend(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?;
    exchange.world.extend(id);
    let session = exchange.world.session(id).ok_or_else(Problem::no_row)?;
    let identity = exchange.world.identity(session.identity).ok_or_else(Problem::no_row)?;
    let shown = exchange.world.public_identity(identity);
    Ok(Reply::ok(&session.json(exchange.world.now(), &shown, &json!([]))))
}

/// Deletes an identity's sessions; having none is an error (Kratos 26.2.0).
pub(super) fn delete_all_of(exchange: &mut Exchange<'_>) -> Answer {
    let id = parse_id(exchange.call.param("id"))?;
    let before = exchange.world.sessions.len();
    exchange.world.sessions.retain(|session| session.identity != id);
    if exchange.world.sessions.len() == before {
        return Err(Problem::no_row());
    }
    Ok(Reply::empty(204))
}

fn known(exchange: &Exchange<'_>) -> Result<Uuid, Problem> {
    let id = parse_id(exchange.call.param("id"))?;
    exchange.world.session(id).map(|session| session.id).ok_or_else(Problem::no_row)
}
