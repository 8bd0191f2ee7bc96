//! The end of a registration.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::mailed::{self, Letter};
use super::super::sign_in::{self, Proven};
use super::super::step::{Step, refuse};
use super::super::{return_to, verification};
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Reply;
use crate::world::flow::{Flow, Transport};
use crate::world::identity::Identity;

/// Stores the identity, mails its addresses and creates the session.
pub(super) fn sign_up(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    person: Identity,
    proven: Proven,
) -> Step {
    if exchange.world.conflicts(&person) {
        return Err(refuse(flow, text::duplicate()));
    }
    let id = person.id;
    exchange.world.identities.push(person);
    flow.identity = Some(id);
    flow.active = Some(proven.method);
    send_verification(exchange, id, &flow.request_url, flow.transport);

    let with_session = exchange.world.config.session_after_registration;
    let session = with_session.then(|| sign_in::session(exchange, flow, id, proven));
    let to = return_to::target(exchange, flow.return_to.as_deref());
    if flow.is_browser() && !exchange.call.wants_json() {
        return Ok(Reply::see_other(exchange.call, &to));
    }
    let mut body =
        session.map(|session| sign_in::handed_out(exchange, flow, session)).unwrap_or_else(Map::new);
    let token = body.get("session_token").cloned();
    let world = &exchange.world;
    body.insert(
        "identity".into(),
        world.identity(id).map_or(Value::Null, |person| world.public_identity(person)),
    );
    let next = match token {
        Some(token) => json!([{"action": "set_ory_session_token", "ory_session_token": token}]),
        None if flow.is_browser() => json!([{"action": "redirect_browser_to", "redirect_browser_to": to}]),
        None => Value::Null,
    };
    body.insert("continue_with".into(), next);
    Ok(Reply::ok(&Value::Object(body)))
}

/// Starts a verification for every unverified address, and mails its code.
pub(crate) fn send_verification(
    exchange: &mut Exchange<'_>,
    person: Uuid,
    request_url: &str,
    transport: Transport,
) {
    if !exchange.world.config.methods.code && !exchange.world.config.methods.link {
        return;
    }
    let waiting: Vec<String> = exchange
        .world
        .identity(person)
        .into_iter()
        .flat_map(|person| &person.verifiable_addresses)
        .filter(|address| address.verified_at.is_none() && address.status == "pending")
        .map(|address| address.value.clone())
        .collect();
    for to in waiting {
        let Ok(mut flow) = verification::draft(exchange, transport) else { continue };
        request_url.clone_into(&mut flow.request_url);
        flow.return_to = None;
        flow.identity = Some(person);
        flow.state = "sent_email";
        let about = json!({"identity": mailed::about(exchange, person)});
        let letter =
            Letter { template: "verification_code_valid", code: "verification_code", to: &to, about };
        mailed::send_code(exchange, &mut flow, &letter);
        flow.sheet.nodes = verification::sent_nodes(&flow, &to);
        exchange.world.flows.insert(flow.id, flow);
        if let Some(person) = exchange.world.identity_mut(person) {
            person.mark_sent(&to);
        }
    }
}
