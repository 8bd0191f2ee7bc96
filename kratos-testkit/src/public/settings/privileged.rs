//! Changes that require a privileged session.

use super::super::return_to;
use super::super::step::Stop;
use crate::exchange::Exchange;
use crate::wire::form::Form;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;
use crate::world::pending::Paused;
use crate::world::session::signed;

/// Requires a privileged session. For an older one, stores the change (browsers only) and redirects to a
/// refresh.
pub(in super::super) fn check(exchange: &mut Exchange<'_>, flow: &Flow, form: &Form) -> Result<(), Stop> {
    let most = signed(exchange.world.config.privileged_for);
    let now = exchange.world.now();
    let fresh = exchange
        .world
        .signed_in(exchange.call)
        .is_some_and(|(session, _)| session.authenticated_at.saturating_add(most) > now);
    if fresh {
        return Ok(());
    }
    let back = format!("{}/self-service/settings?flow={}", exchange.world.public_url, flow.id);
    let login = format!("{}/self-service/login/browser?refresh=true", exchange.world.public_url);
    let to = return_to::with_return_to(&login, Some(&back));
    if flow.is_browser() {
        let mut kept = form.clone();
        kept.fields.shift_remove("csrf_token");
        let cookie = exchange.world.pause(exchange.call, Paused::Settings { flow: flow.id, form: kept });
        exchange.cookies.push(cookie);
    }
    if flow.is_browser() && !exchange.call.wants_json() {
        return Err(Stop::Reply(Reply::see_other(exchange.call, &to)));
    }
    let reason =
        "The login session is too old and thus not allowed to update these fields. Please re-authenticate.";
    Err(Problem::forbidden(reason)
        .with_id("session_refresh_required")
        .beside("redirect_browser_to", to)
        .into())
}
