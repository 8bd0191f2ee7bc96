//! Lists of identities and of sessions.

use serde_json::Value;

use super::identities::{Shown, json as shown};
use crate::exchange::Exchange;
use crate::paging::{self, Links};
use crate::wire::{Answer, Call, Problem, parse_id};
use crate::world::session::Session;

/// Lists all identities by id, or those of an identifier, an external id or a list of ids. `page` selects pages
/// by number, otherwise pages are by token (Kratos 26.2.0, x/pagination.go).
pub(super) fn identities(exchange: &mut Exchange<'_>) -> Answer {
    let Exchange { world, call, .. } = exchange;
    let identifier = call.query("credentials_identifier").filter(|text| !text.is_empty());
    let identifier = identifier.map(|text| text.to_lowercase());
    let ids = call.queries("ids");
    let include = call.queries("include_credential");
    // a search includes credentials, a list does not
    let what = if identifier.is_some() || !include.is_empty() { Shown::With(include) } else { Shown::None };
    let mut all: Vec<(String, Value)> = world
        .identities
        .iter()
        .filter(|person| ids.is_empty() || ids.contains(&person.id.to_string()))
        .filter(|person| {
            identifier.as_ref().is_none_or(|wanted| {
                person.credentials.values().any(|known| known.identifiers.contains(wanted))
            })
        })
        .map(|person| (person.id.to_string(), shown(world, person, &what)))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let has = |name: &str| call.query(name).is_some();
    if has("page") && !has("page_token") && !has("page_size") {
        let people = all.into_iter().map(|(_, person)| person).collect();
        return Ok(paging::by_number(call, people, Links::Number, 0));
    }
    paging::by_token(call, all)
}

pub(super) fn identity_sessions(exchange: &mut Exchange<'_>) -> Answer {
    let id = parse_id(exchange.call.param("id"))?;
    let active = active(exchange.call)?;
    let Exchange { world, call, .. } = exchange;
    let now = world.now();
    let fits = |session: &&Session| {
        session.identity == id && active.is_none_or(|wanted| session.is_active(now) == wanted)
    };
    let person = world.identity_beside_sessions(id);
    let list = world.sessions.iter().rev().filter(fits);
    let list = list.map(|session| session.json(now, &person, &session.devices_json())).collect();
    Ok(paging::by_number(call, list, Links::NumberAndToken, 1))
}

pub(super) fn sessions(exchange: &mut Exchange<'_>) -> Answer {
    let active = active(exchange.call)?;
    let Exchange { world, call, .. } = exchange;
    let now = world.now();
    let expand = call.queries("expand");
    if let Some(unknown) = expand.iter().find(|what| !matches!(what.as_str(), "identity" | "devices")) {
        return Err(Problem::bad_request(format!("Could not parse expand option: {unknown}")));
    }
    let has = |what: &str| expand.iter().any(|item| item == what);
    let list = world
        .sessions
        .iter()
        .rev()
        .filter(|session| active.is_none_or(|wanted| session.is_active(now) == wanted));
    let list = list.map(|session| {
        let person =
            if has("identity") { world.identity_beside_sessions(session.identity) } else { Value::Null };
        let devices = if has("devices") { session.devices_json() } else { Value::Null };
        (session.id.to_string(), session.json(now, &person, &devices))
    });
    paging::by_token(call, list.collect())
}

fn active(call: &Call) -> Result<Option<bool>, Problem> {
    match call.query("active").as_deref() {
        None | Some("") => Ok(None),
        Some("true" | "1" | "t" | "T" | "TRUE" | "True") => Ok(Some(true)),
        Some("false" | "0" | "f" | "F" | "FALSE" | "False") => Ok(Some(false)),
        Some(_) => Err(Problem::new(400, "could not parse parameter active")),
    }
}
