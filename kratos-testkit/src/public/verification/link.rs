//! The links in a verification's mail.

use serde_json::json;
use uuid::Uuid;

use super::super::step::Stop;
use super::super::{flows, mailed};
use super::draft;
use super::pass::pass;
use crate::exchange::Exchange;
use crate::ui::{Message, Node};
use crate::wire::{Answer, Reply};
use crate::world::courier::Draft;
use crate::world::flow::{Flow, FlowKind, Transport};
use crate::world::secret;

/// Mails a link that verifies the address.
pub(super) fn send(exchange: &mut Exchange<'_>, flow: &mut Flow, to: &str, person: Uuid) {
    let token = secret::token("");
    let link =
        format!("{}/self-service/verification?flow={}&token={token}", exchange.world.public_url, flow.id);
    flow.sent = Some(mailed::sent(&exchange.world, to, &token));
    let about = json!({"identity": mailed::about(exchange, person)});
    let request_url = &flow.request_url;
    exchange.world.mail(&Draft {
        template: "verification_valid",
        to,
        secret: ("", ""),
        link: Some(("verification_url", link)),
        request_url,
        about,
    });
    if let Some(person) = exchange.world.identity_mut(person) {
        person.mark_sent(to);
    }
}

/// Handles the link of method `link`: opening it verifies the address.
pub(super) fn follow(exchange: &mut Exchange<'_>, token: &str) -> Answer {
    let id = exchange.call.query("flow").unwrap_or_default();
    let known = exchange.world.flow(FlowKind::Verification, &id).cloned();
    if let Some(mut flow) = known
        && let Some(person) = flow.identity.filter(|_| mailed::redeem(exchange, &mut flow, token))
    {
        match pass(exchange, &mut flow, person) {
            Err(Stop::Problem(problem)) => return Err(problem),
            Err(Stop::Reply(reply)) => return Ok(reply),
            Ok(()) | Err(Stop::Form | Stop::Expired) => {}
        }
        let page = flows::page(exchange, &flow);
        exchange.world.flows.insert(flow.id, flow);
        return Ok(Reply::see_other(exchange.call, &page));
    }
    let mut flow = draft(exchange, Transport::Browser)?;
    let text = "The verification token is invalid or has already been used. Please retry the flow.";
    flow.sheet.messages.push(Message::error(4_070_001, text));
    let page = flows::page(exchange, &flow);
    exchange.world.flows.insert(flow.id, flow);
    Ok(Reply::see_other(exchange.call, &page))
}

/// Handles the link of method `code`: it fills in the form, which the user submits.
pub(super) fn fill_in(exchange: &mut Exchange<'_>, code: &str) -> Answer {
    let id = exchange.call.query("flow").unwrap_or_default();
    exchange.renew_csrf();
    let csrf = exchange.csrf_token();
    let known = exchange.world.flow(FlowKind::Verification, &id).cloned();
    let flow = match known {
        Some(mut flow) => {
            flow.sheet.fill("code", code.into());
            flow.csrf.clone_from(&csrf);
            if flow.sheet.nodes.iter().any(|node| node.name() == "csrf_token") {
                flow.sheet.set_csrf(&csrf);
            } else {
                flow.sheet.nodes.push(Node::csrf(&csrf));
            }
            flow
        }
        None => draft(exchange, Transport::Browser)?,
    };
    let page = flows::page(exchange, &flow);
    exchange.world.flows.insert(flow.id, flow);
    Ok(Reply::see_other(exchange.call, &page))
}
