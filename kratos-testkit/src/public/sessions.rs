//! `/sessions`: the user's own sessions.

use serde_json::json;
use uuid::Uuid;

use super::whoami::aal2_required;
use crate::config::RequiredAal;
use crate::exchange::Exchange;
use crate::paging::{self, Links};
use crate::wire::{Answer, Problem, Reply, parse_id};
use crate::world::session::Session;

/// Lists the user's other active sessions.
pub(super) fn list(exchange: &mut Exchange<'_>) -> Answer {
    let (current, person) = current(exchange)?;
    let Exchange { world, call, .. } = exchange;
    let identity = world.identity(person).ok_or_else(no_session)?;
    let own = world.session(current).ok_or_else(no_session)?;
    if world.config.whoami_aal == RequiredAal::HighestAvailable
        && own.aal() != "aal2"
        && identity.has_second_factor()
    {
        return Err(aal2_required(&world.public_url));
    }
    let now = world.now();
    let others =
        |session: &&Session| session.identity == person && session.id != current && session.is_active(now);
    let shown = world.identity_beside_sessions(person);
    let list = world.sessions.iter().rev().filter(others);
    let list = list.map(|session| session.json(now, &shown, &session.devices_json())).collect();
    Ok(paging::by_number(call, list, Links::NumberAndToken, 1))
}

pub(super) fn revoke_others(exchange: &mut Exchange<'_>) -> Answer {
    let (current, person) = current(exchange)?;
    let mut count = 0;
    for session in &mut exchange.world.sessions {
        if session.identity == person && session.id != current && !session.revoked {
            session.revoked = true;
            count += 1;
        }
    }
    Ok(Reply::ok(&json!({ "count": count })))
}

/// Revokes one of the user's other sessions; responds alike to a session of another identity.
pub(super) fn revoke(exchange: &mut Exchange<'_>) -> Answer {
    let (current, person) = current(exchange)?;
    let id = parse_id(exchange.call.param("id"))?;
    if id == current {
        return Err(Problem::new(400, "cannot revoke current session"));
    }
    if let Some(session) = exchange.world.session_mut(id).filter(|session| session.identity == person) {
        session.revoked = true;
    }
    Ok(Reply::no_content())
}

fn current(exchange: &Exchange<'_>) -> Result<(Uuid, Uuid), Problem> {
    let (session, identity) = exchange.world.signed_in(exchange.call).ok_or_else(no_session)?;
    Ok((session.id, identity.id))
}

fn no_session() -> Problem {
    Problem::unauthorized("No valid session cookie found.")
}
