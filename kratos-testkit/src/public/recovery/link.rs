//! Recovery links, and the end of every recovery.

use serde_json::json;
use uuid::Uuid;

use super::super::flows::{self, leave};
use super::super::sign_in::{self, Proven};
use super::super::step::{Step, Stop};
use super::super::{mailed, settings};
use super::draft_by;
use crate::config::Proof;
use crate::exchange::Exchange;
use crate::hooks::{self, Stage, Who};
use crate::ui::Message;
use crate::wire::{Answer, Reply};
use crate::world::courier::Draft;
use crate::world::flow::{Flow, FlowKind, Transport};
use crate::world::session::signed;
use crate::world::{rfc3339, secret};

/// The recovery method, as the session's authentication method names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) method: &'static str,
}

/// Mails a link that recovers the account.
pub(super) fn send(exchange: &mut Exchange<'_>, flow: &mut Flow, to: &str, person: Uuid) {
    let token = secret::token("");
    let link = address(exchange, flow.id, &token);
    flow.sent = Some(mailed::sent(&exchange.world, to, &token));
    let about = json!({"identity": mailed::about(exchange, person)});
    let request_url = &flow.request_url;
    exchange.world.mail(&Draft {
        template: "recovery_valid",
        to,
        secret: ("", ""),
        link: Some(("recovery_url", link)),
        request_url,
        about,
    });
}

pub(crate) fn address(exchange: &Exchange<'_>, flow: Uuid, token: &str) -> String {
    format!("{}/self-service/recovery?flow={flow}&token={token}", exchange.world.public_url)
}

/// Handles an opened link; it works once.
pub(super) fn follow(exchange: &mut Exchange<'_>, token: &str) -> Answer {
    let id = exchange.call.query("flow").unwrap_or_default();
    let known = exchange.world.flow(FlowKind::Recovery, &id).cloned();
    if let Some(mut flow) = known {
        flow.transport = Transport::Browser;
        let person = flow.identity.filter(|_| mailed::redeem(exchange, &mut flow, token));
        exchange.world.flows.insert(flow.id, flow.clone());
        if let Some(person) = person {
            let to = match signed_in_again(exchange, &mut flow, person, Way { method: "link_recovery" }) {
                Ok(to) => to,
                Err(Stop::Problem(problem)) => return Err(problem),
                Err(Stop::Reply(reply)) => return Ok(reply),
                Err(Stop::Form | Stop::Expired) => flows::page(exchange, &flow),
            };
            return Ok(Reply::see_other(exchange.call, &to));
        }
    }
    let mut flow = draft_by(exchange, Transport::Browser, Proof::Link)?;
    let text = "The recovery token is invalid or has already been used. Please retry the flow.";
    flow.sheet.messages.push(Message::error(4_060_004, text));
    let page = flows::page(exchange, &flow);
    exchange.world.flows.insert(flow.id, flow);
    Ok(Reply::see_other(exchange.call, &page))
}

/// Creates a session and redirects to settings.
pub(crate) fn recover(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid, way: Way) -> Step {
    let to = signed_in_again(exchange, flow, person, way)?;
    let json = !flow.is_browser() || exchange.call.wants_json();
    leave(exchange.call, json, &to)
}

fn signed_in_again(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    person: Uuid,
    way: Way,
) -> Result<String, Stop> {
    sign_in::check_active(exchange, person)?;
    let now = exchange.world.now();
    if let (Some(sent), Some(person)) = (&flow.sent, exchange.world.identity_mut(person)) {
        person.verify(&sent.to, now);
    }
    flow.state = "passed_challenge";
    let identity = exchange.world.identity(person).map(|person| exchange.world.public_identity(person));
    hooks::after(exchange, flow, Stage::Once, Who { identity, session: None })?;
    sign_in::session(exchange, flow, person, Proven { method: way.method, aal: "aal1" });
    // the next flow is always a browser flow; a native program gets no cookie for it
    let mut next = settings::draft_for(exchange, person, flow.transport)?;
    next.transport = Transport::Browser;
    next.return_to.clone_from(&flow.return_to);
    let privileged_for = exchange.world.config.privileged_for;
    let until = now.saturating_add(signed(privileged_for));
    let text = format!(
        "You successfully recovered your account. Please change your password or set up an alternative login method \
         (e.g. social sign in) within the next {:.2} minutes.",
        privileged_for.as_secs_f64() / 60.0
    );
    let context = json!({
        "privilegedSessionExpiresAt": rfc3339(until),
        "privileged_session_expires_at": rfc3339(until),
        "privileged_session_expires_at_unix": until.unix_timestamp(),
    });
    next.sheet.messages.push(Message::success(1_060_001, text).with(context));
    hooks::before(exchange, &next)?;
    let page = flows::page(exchange, &next);
    exchange.world.flows.insert(next.id, next);
    Ok(page)
}
