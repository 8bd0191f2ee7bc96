//! The end of a settings change.

use serde_json::json;

use super::super::flows;
use super::super::registration::send_verification;
use super::super::return_to;
use super::super::step::{Step, Stop, refuse};
use super::redraw;
use crate::exchange::Exchange;
use crate::hooks::{self, Stage, Who};
use crate::ui::text;
use crate::wire::Reply;
use crate::world::flow::Flow;
use crate::world::session::Method;

/// Calls the hooks that run before the change is stored. The server shows the old identity meanwhile.
fn store(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Result<(), Stop> {
    let Some(before) = exchange.unchanged.take() else { return Ok(()) };
    let Some(place) = exchange.world.identity_mut(before.id) else { return Ok(()) };
    let (id, mut changed) = (before.id, std::mem::replace(place, before));
    let identity = Some(exchange.world.public_identity(&changed));
    let who = Who { identity, session: hooks::session(exchange) };
    for change in hooks::after(exchange, flow, Stage::BeforeStoring, who)? {
        hooks::change(exchange, flow, &mut changed, &change)?;
    }
    if exchange.world.conflicts(&changed) {
        return Err(refuse(flow, text::duplicate()));
    }
    if let Some(place) = exchange.world.identity_mut(id) {
        *place = changed;
    }
    Ok(())
}

/// Calls the hooks that run afterwards. Kratos makes the flow anew for its form, so those before a flow come first.
fn after(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Result<(), Stop> {
    hooks::before(exchange, flow)?;
    let world = &exchange.world;
    let identity =
        flow.identity.and_then(|id| world.identity(id)).map(|person| world.public_identity(person));
    let who = Who { identity, session: hooks::session(exchange) };
    hooks::after(exchange, flow, Stage::AfterStoring, who)?;
    Ok(())
}

/// Renders the form again after a change. Enrolling a second factor also completes it for the session.
pub(in super::super) fn saved(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    factor: Option<&'static str>,
) -> Step {
    store(exchange, flow)?;
    let now = exchange.world.now();
    let session = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id);
    let known = session.and_then(|id| exchange.world.session_mut(id));
    if let (Some(session), Some(method)) = (known, factor) {
        session.methods.push(Method { method, aal: "aal2", completed_at: now, provider: None });
    }
    if let Some(person) = flow.identity {
        let _ = send_verification(exchange, person, &flow.request_url, flow.transport);
    }
    flow.state = "success";
    flow.sheet.reset();
    redraw(exchange, flow);
    flow.sheet.messages.push(text::saved());
    after(exchange, flow)?;

    let page = flows::page(exchange, flow);
    let to = flow.return_to.as_deref().map_or_else(|| page, |to| return_to::target(exchange, Some(to)));
    if flow.is_browser() {
        if let Some(session) = session {
            let cookie = exchange.world.issue_cookie(session);
            exchange.cookies.extend(cookie);
        }
        if !exchange.call.wants_json() {
            return Ok(Reply::see_other(exchange.call, &to));
        }
        let go = json!([{"action": "redirect_browser_to", "redirect_browser_to": to}]);
        flow.extra.insert("continue_with".into(), go);
    }
    let reply = Reply::ok(&exchange.world.flow_json(flow));
    flow.extra.clear();
    Ok(reply)
}
