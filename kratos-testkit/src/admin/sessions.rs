//! `/admin/sessions/{id}`: the sessions of all identities.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::config::TestRelease;
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply, parse_id};
use crate::world::session::Session;

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

/// The sessions of a wildcard call (session/handler.go, `manageSessionsWildcardBatchSize`, after 26.2).
const BATCH: usize = 5000;

/// Ends or deletes sessions of many identities.
pub(super) fn manage(exchange: &mut Exchange<'_>) -> Answer {
    if exchange.world.config.release < TestRelease::Latest {
        return Ok(Reply::text(405, "text/plain; charset=utf-8", "Method Not Allowed\n"));
    }
    let refused =
        || Problem::bad_request("Exactly one of 'identities' or 'sessions' must be a non-empty array.");
    let body: Value = serde_json::from_slice(&exchange.call.body)
        .map_err(|_| Problem::bad_request("Invalid JSON body."))?;
    let deletes = match body.get("action").and_then(Value::as_str) {
        Some("delete") => true,
        Some("disable") => false,
        _ => {
            return Err(Problem::bad_request("The 'action' field must be one of 'disable' or 'delete'."));
        }
    };
    let ids = |name: &str| body.get(name).and_then(Value::as_array).filter(|ids| !ids.is_empty()).cloned();
    let (identities, sessions) = (ids("identities"), ids("sessions"));
    if identities.is_some() == sessions.is_some() {
        return Err(refused());
    }
    let all = identities.as_ref().is_some_and(|ids| ids.iter().all(|id| id == "*") && ids.len() == 1);
    let named = identities.as_ref().or(sessions.as_ref()).ok_or_else(refused)?;
    if named.len() > 500
        || (!all && named.iter().any(|id| parse_id(id.as_str().unwrap_or_default()).is_err()))
    {
        return Err(refused());
    }
    let fits = |session: &Session| {
        let id = if identities.is_some() { session.identity } else { session.id };
        (deletes || !session.revoked) && (all || named.contains(&Value::from(id.to_string())))
    };
    let world = &mut exchange.world;
    let limit = if all { BATCH } else { usize::MAX };
    let chosen: Vec<Uuid> =
        world.sessions.iter().filter(|session| fits(session)).map(|session| session.id).take(limit).collect();
    if deletes {
        world.sessions.retain(|session| !chosen.contains(&session.id));
    } else {
        for session in world.sessions.iter_mut().filter(|session| chosen.contains(&session.id)) {
            session.revoked = true;
        }
    }
    Ok(Reply::ok(&json!({"processed": chosen.len(), "more": all && chosen.len() == BATCH})))
}

fn known(exchange: &Exchange<'_>) -> Result<Uuid, Problem> {
    let id = parse_id(exchange.call.param("id"))?;
    exchange.world.session(id).map(|session| session.id).ok_or_else(Problem::no_row)
}
