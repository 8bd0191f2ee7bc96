//! The end of a settings change.

use serde_json::json;

use super::super::flows;
use super::super::registration::send_verification;
use super::super::return_to;
use super::super::step::Step;
use super::redraw;
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Reply;
use crate::world::flow::Flow;
use crate::world::session::Method;

/// Renders the form again after a change. Enrolling a second factor also completes it for the session.
pub(super) fn saved(exchange: &mut Exchange<'_>, flow: &mut Flow, factor: Option<&'static str>) -> Step {
    let now = exchange.world.now();
    let session = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id);
    let known = session.and_then(|id| exchange.world.session_mut(id));
    if let (Some(session), Some(method)) = (known, factor) {
        session.methods.push(Method { method, aal: "aal2", completed_at: now });
    }
    if let Some(person) = flow.identity {
        send_verification(exchange, person, &flow.request_url, flow.transport);
    }
    flow.state = "success";
    flow.sheet.reset();
    redraw(exchange, flow);
    flow.sheet.messages.push(text::saved());

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
