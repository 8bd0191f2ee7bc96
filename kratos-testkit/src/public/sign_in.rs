//! The end of a login or registration: the session and its credentials.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::flows::leave;
use super::step::{Step, refuse};
use super::{oauth2, oidc, return_to};
use crate::config::TestRelease;
use crate::exchange::Exchange;
use crate::hooks::{self, Stage, Who};
use crate::ui::Message;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;
use crate::world::session::{Device, Method, Session, signed};

/// The method that the user completed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proven {
    pub(crate) method: &'static str,
    pub(crate) aal: &'static str,
}

impl Proven {
    fn at(self, exchange: &Exchange<'_>, completed_at: OffsetDateTime) -> Method {
        let provider = exchange.world.sso.as_ref().filter(|_| self.method == "oidc");
        let provider = provider.map(|provider| provider.id.clone());
        Method { method: self.method, aal: self.aal, completed_at, provider }
    }
}

/// Refuses an inactive identity.
pub(crate) fn check_active(exchange: &Exchange<'_>, person: Uuid) -> Result<(), Problem> {
    let is_active = exchange.world.identity(person).is_some_and(|identity| identity.state == "active");
    if is_active {
        return Ok(());
    }
    let problem = match exchange.world.config.release {
        TestRelease::V26_2 => Problem::new(401, "identity is disabled"),
        TestRelease::Latest => Problem::new(400, "identity is disabled").with_id("identity_disabled"),
    };
    Err(problem.reason("This account was disabled.").detail("identity_id", person.to_string()))
}

/// Returns the current session if the login steps it up or refreshes it, otherwise a new one: after single sign-on always. A browser gets
/// its cookie, and a new CSRF cookie unless it had a session of the same identity.
pub(crate) fn session(exchange: &mut Exchange<'_>, flow: &Flow, person: Uuid, proven: Proven) -> Uuid {
    let now = exchange.world.now();
    let lifespan = signed(exchange.world.config.session_lifespan);
    let before = exchange.world.signed_in(exchange.call).map(|(session, identity)| (session.id, identity.id));
    let mine = before.filter(|(_, identity)| *identity == person);
    let method = proven.at(exchange, now);
    let continued = mine.filter(|_| (flow.refresh || flow.aal2) && proven.method != "oidc").map(|(id, _)| id);
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

/// Returns the session that the hooks after a login see: it is not stored yet, so its ids are nil.
fn unstored(exchange: &Exchange<'_>, person: Uuid, proven: Proven) -> Value {
    let world = &exchange.world;
    let now = world.now();
    let mut session = Session::new(person, now, signed(world.config.session_lifespan));
    session.id = Uuid::nil();
    session.methods.push(proven.at(exchange, now));
    session.devices.push(Device { id: Uuid::nil(), ..Device::of(exchange.call) });
    world.identity(person).map_or(Value::Null, |identity| world.whole_session(&session, identity))
}

/// Returns the response to a successful login.
pub(crate) fn login_done(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid, proven: Proven) -> Step {
    if exchange.world.config.release >= TestRelease::Latest && check_active(exchange, person).is_err() {
        // ui/container/container.go, `ErrIDIdentityDisabled`.
        let text = "This account has been disabled. Please contact support for assistance.";
        return Err(refuse(flow, Message::error(4_010_011, text)));
    }
    check_active(exchange, person)?;
    flow.active = Some(proven.method);
    let is_linked = oidc::link(exchange, flow, person, proven)?;
    let identity = exchange.world.identity(person).map(|person| exchange.world.public_identity(person));
    let who = Who { identity, session: Some(unstored(exchange, person, proven)) };
    hooks::after(exchange, flow, Stage::Once, who)?;
    let id = session(exchange, flow, person, proven);
    if is_linked {
        let method = Proven { method: "oidc", aal: "aal1" }.at(exchange, exchange.world.now());
        exchange.world.session_mut(id).into_iter().for_each(|session| session.methods.push(method.clone()));
    }
    if let Some(reply) = oidc::redirect_with_code(exchange, flow, id) {
        return Ok(reply);
    }
    let json = !flow.is_browser() || exchange.call.wants_json();
    if flow.is_browser() && flow.linking.is_some() && needs_second_factor(exchange, id) {
        let next = oidc::complete(exchange, flow, person)?;
        let reply = super::flows::show(exchange, &next, 200);
        exchange.world.flows.insert(next.id, next);
        return Ok(reply);
    }
    if flow.is_browser() && needs_second_factor(exchange, id) {
        let step_up = format!("{}/self-service/login/browser?aal=aal2", exchange.world.public_url);
        let step_up = oauth2::with_challenge(&step_up, flow);
        return leave(exchange.call, json, &return_to::with_return_to(&step_up, flow.return_to.as_deref()));
    }
    let to = oauth2::target(exchange, flow, id)?;
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

/// Returns a session with its token.
pub(crate) fn with_token(exchange: &Exchange<'_>, id: Uuid) -> Map<String, Value> {
    let world = &exchange.world;
    let mut body = Map::new();
    let session = world.session(id);
    if let Some((session, identity)) = session.and_then(|it| Some((it, world.identity(it.identity)?))) {
        body.insert("session_token".into(), session.token.as_str().into());
        // Kratos 26.2.0 reads no devices here
        let shown = session.json(world.now(), &world.public_identity(identity), &json!([]));
        body.insert("session".into(), shown);
    }
    body
}

fn needs_second_factor(exchange: &Exchange<'_>, id: Uuid) -> bool {
    let world = &exchange.world;
    let weak = world.session(id).filter(|session| session.aal() != "aal2");
    weak.is_some_and(|session| world.requires_second_factor(session.identity))
}
