//! The end of a login or registration: the session and its credentials.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::flows::leave;
use super::return_to;
use super::step::Step;
use crate::config::RequiredAal;
use crate::exchange::Exchange;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;
use crate::world::session::{Device, Method, Session, signed};

/// The method that the user completed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proven {
    pub(crate) method: &'static str,
    pub(crate) aal: &'static str,
}

/// Refuses an inactive identity.
pub(crate) fn check_active(exchange: &Exchange<'_>, person: Uuid) -> Result<(), Problem> {
    let is_active = exchange.world.identity(person).is_some_and(|identity| identity.state == "active");
    if is_active {
        return Ok(());
    }
    Err(Problem::new(401, "identity is disabled")
        .reason("This account was disabled.")
        .detail("identity_id", person.to_string()))
}

/// Returns the current session if the login steps it up or refreshes it, otherwise a new one. A browser gets
/// its cookie, and a new CSRF cookie unless it had a session of the same identity.
pub(crate) fn session(exchange: &mut Exchange<'_>, flow: &Flow, person: Uuid, proven: Proven) -> Uuid {
    let now = exchange.world.now();
    let lifespan = signed(exchange.world.config.session_lifespan);
    let before = exchange.world.signed_in(exchange.call).map(|(session, identity)| (session.id, identity.id));
    let mine = before.filter(|(_, identity)| *identity == person);
    let method = Method { method: proven.method, aal: proven.aal, completed_at: now };
    let continued = mine.filter(|_| flow.refresh || flow.aal2).map(|(id, _)| id);
    let known = continued.and_then(|id| exchange.world.session_mut(id));
    let id = if let Some(session) = known {
        session.methods.push(method);
        session.authenticated_at = now;
        session.expires_at = now.saturating_add(lifespan);
        session.id
    } else {
        let mut session = Session::new(person, now, lifespan);
        session.methods.push(method);
        session.devices.push(Device::of(exchange.call));
        let id = session.id;
        exchange.world.sessions.push(session);
        id
    };
    if flow.is_browser() {
        hand_over(exchange, id, mine.is_none());
    }
    id
}

/// Sets the session cookie.
pub(crate) fn hand_over(exchange: &mut Exchange<'_>, session: Uuid, is_new_person: bool) {
    if is_new_person {
        exchange.renew_csrf();
    }
    let cookie = exchange.world.issue_cookie(session);
    exchange.cookies.extend(cookie);
}

/// Returns the response to a successful login.
pub(crate) fn login_done(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid, proven: Proven) -> Step {
    check_active(exchange, person)?;
    flow.active = Some(proven.method);
    let id = session(exchange, flow, person, proven);
    let json = !flow.is_browser() || exchange.call.wants_json();
    if flow.is_browser() && needs_second_factor(exchange, id) {
        let step_up = format!("{}/self-service/login/browser?aal=aal2", exchange.world.public_url);
        return leave(exchange.call, json, &return_to::with_return_to(&step_up, flow.return_to.as_deref()));
    }
    let to = return_to::target(exchange, flow.return_to.as_deref());
    if !json {
        return Ok(Reply::see_other(exchange.call, &to));
    }
    let mut body = handed_out(exchange, flow, id);
    if needs_second_factor(exchange, id)
        && let Some(Value::Object(session)) = body.get_mut("session")
    {
        // Kratos 26.2.0 omits the identity of a session below the required AAL
        session.insert("identity".into(), Value::Null);
    }
    if flow.refresh || flow.aal2 {
        // Kratos 26.2.0 responds with one device more than it stores
        let Device { ip_address, user_agent, .. } = Device::of(exchange.call);
        let again =
            json!({"id": Uuid::nil(), "ip_address": ip_address, "user_agent": user_agent, "location": ""});
        if let Some(Value::Array(devices)) =
            body.get_mut("session").and_then(|session| session.get_mut("devices"))
        {
            devices.push(again);
        }
    }
    let go = json!([{"action": "redirect_browser_to", "redirect_browser_to": to}]);
    body.insert("continue_with".into(), if flow.is_browser() { go } else { Value::Null });
    Ok(Reply::ok(&Value::Object(body)))
}

/// Returns the session, and for a native flow its session token.
pub(crate) fn handed_out(exchange: &Exchange<'_>, flow: &Flow, id: Uuid) -> Map<String, Value> {
    let world = &exchange.world;
    let mut body = Map::new();
    let Some(session) = world.session(id) else { return body };
    let Some(identity) = world.identity(session.identity) else { return body };
    if !flow.is_browser() {
        body.insert("session_token".into(), session.token.as_str().into());
    }
    body.insert("session".into(), world.whole_session(session, identity));
    body
}

fn needs_second_factor(exchange: &Exchange<'_>, id: Uuid) -> bool {
    let world = &exchange.world;
    let weak = world.session(id).filter(|session| session.aal() != "aal2");
    world.config.whoami_aal == RequiredAal::HighestAvailable
        && weak
            .and_then(|session| world.identity(session.identity))
            .is_some_and(crate::world::identity::Identity::has_second_factor)
}
