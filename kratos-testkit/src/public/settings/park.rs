//! Changes of the profile that wait for the verification of a new address (Kratos of 2026-07-29,
//! selfservice/hook/verify_new_address.go).

use serde_json::json;

use super::super::flows;
use super::super::mailed::{self, Letter};
use super::super::step::{Stop, refuse};
use super::super::verification;
use super::privileged;
use crate::config::TestRelease;
use crate::exchange::Exchange;
use crate::ui::{Message, text};
use crate::wire::Reply;
use crate::wire::form::Form;
use crate::world::flow::{Flow, Parked};
use crate::world::identity::Identity;

/// Parks a change that brings a new address, and mails a code to it. `None`: the change is stored at once.
pub(super) fn park(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    form: &Form,
    changed: &Identity,
) -> Result<Option<Reply>, Stop> {
    let config = &exchange.world.config;
    if config.release < TestRelease::Latest || !config.parks_address_changes {
        return Ok(None);
    }
    let Some(before) = exchange.world.identity(changed.id) else { return Ok(None) };
    let is_known = |value: &str| before.verifiable_addresses.iter().any(|address| address.value == value);
    let new = changed.verifiable_addresses.iter().map(|address| address.value.as_str());
    let new: Vec<String> = new.filter(|value| !is_known(value)).map(str::to_owned).collect();
    let traits = before.traits.clone();
    let Some(to) = new.first() else { return Ok(None) };
    privileged::check(exchange, flow, form)?;
    if new.len() > 1 {
        flow.sheet.messages.clear();
        let text = "You can only change one address at a time. Please update each address separately.";
        flow.sheet.messages.push(Message::error(4_050_002, text));
        return Ok(Some(flows::show(exchange, flow, 200)));
    }
    let is_taken = exchange
        .world
        .identities
        .iter()
        .filter(|other| other.id != changed.id)
        .any(|other| other.verifiable_addresses.iter().any(|address| address.value == *to));
    if is_taken {
        return Err(refuse(flow, text::duplicate()));
    }
    let Some(session) = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id) else {
        return Ok(None);
    };
    exchange.world.flows.retain(|_, other| other.parked.is_none() || other.identity != Some(changed.id));
    let mut next = verification::draft(exchange, flow.transport)?;
    next.return_to.clone_from(&flow.return_to);
    next.identity = Some(changed.id);
    next.state = "sent_email";
    next.parked = Some(Parked { session, before: traits, traits: changed.traits.clone() });
    let about = json!({"identity": mailed::about(exchange, changed.id)});
    let letter = Letter { template: "verification_code_valid", code: "verification_code", to, about };
    mailed::send_code(exchange, &mut next, &letter);
    next.sheet.nodes = verification::sent_nodes(&next, to);
    next.sheet.messages.push(verification::sent_message());
    let page = flows::page(exchange, &next);
    let shown = if flow.is_browser() {
        json!({"id": next.id, "verifiable_address": to, "url": page})
    } else {
        json!({"id": next.id, "verifiable_address": to})
    };
    exchange.world.flows.insert(next.id, next);
    if flow.is_browser() && !exchange.call.wants_json() {
        return Ok(Some(Reply::see_other(exchange.call, &page)));
    }
    let step = json!([{"action": "show_verification_ui", "flow": shown}]);
    flow.extra.insert("continue_with".into(), step);
    let reply = Reply::ok(&exchange.world.flow_json(flow));
    flow.extra.clear();
    Ok(Some(reply))
}
