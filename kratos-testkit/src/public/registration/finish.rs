//! The end of a registration.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::mailed::{self, Letter};
use super::super::sign_in::{self, Proven};
use super::super::step::{Step, refuse};
use super::super::{flows, oauth2, oidc, return_to, verification};
use crate::exchange::Exchange;
use crate::hooks::{self, Stage, Who};
use crate::ui::text;
use crate::wire::Reply;
use crate::world::flow::{Flow, Transport};
use crate::world::identity::Identity;

/// Stores the identity, mails its addresses and creates the session.
pub(in super::super) fn sign_up(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    mut person: Identity,
    proven: Proven,
) -> Step {
    let who = Who { identity: Some(hooks::unstored(exchange.world.public_identity(&person))), session: None };
    for change in hooks::after(exchange, flow, Stage::BeforeStoring, who)? {
        hooks::change(exchange, flow, &mut person, &change)?;
    }
    if exchange.world.conflicts(&person) {
        return Err(refuse(flow, text::duplicate()));
    }
    let id = person.id;
    exchange.world.identities.push(person);
    flow.identity = Some(id);
    flow.active = Some(proven.method);
    let verification = send_verification(exchange, id, &flow.request_url, flow.transport);
    let verification = verification.filter(|_| exchange.world.config.verification_page_after_registration);

    let identity = exchange.world.identity(id).map(|person| exchange.world.public_identity(person));
    hooks::after(exchange, flow, Stage::AfterStoring, Who { identity, session: None })?;

    let with_session = exchange.world.config.session_after_registration;
    let session = with_session.then(|| sign_in::session(exchange, flow, id, proven));
    if let Some(reply) = session.and_then(|session| oidc::redirect_with_code(exchange, flow, session)) {
        return Ok(reply);
    }
    let first = verification.and_then(|id| verified_first(exchange, flow, id, session));
    let to = match (&first, session) {
        (Some(first), _) if flow.is_browser() && !exchange.call.wants_json() => first.page.clone(),
        (None, Some(session)) => oauth2::target(exchange, flow, session)?,
        (_, None) | (Some(_), _) => return_to::target(exchange, flow.return_to.as_deref()),
    };
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
    let redirect = || json!({"action": "redirect_browser_to", "redirect_browser_to": to});
    let mut next: Vec<Value> = flow.is_browser().then(redirect).into_iter().collect();
    next.extend(first.map(|first| first.item));
    next.extend(token.map(|token| json!({"action": "set_ory_session_token", "ory_session_token": token})));
    body.insert("continue_with".into(), if next.is_empty() { Value::Null } else { next.into() });
    Ok(Reply::ok(&Value::Object(body)))
}

/// The verification that a browser goes to after a registration.
struct First {
    page: String,
    /// What a caller of the API is told of it.
    item: Value,
}

/// Ties a verification to the rest of a registration, whose OAuth2 login it ends (Kratos 26.2.0, selfservice/hook/verification.go
/// and show_verification_ui.go).
fn verified_first(
    exchange: &mut Exchange<'_>,
    registration: &Flow,
    id: Uuid,
    session: Option<Uuid>,
) -> Option<First> {
    let csrf = exchange.csrf_token();
    let mut flow = exchange.world.flows.remove(&id)?;
    flow.login_after = registration.challenge.clone().zip(session);
    if flow.is_browser() {
        flow.sheet.set_csrf(&csrf);
        flow.csrf = csrf;
    }
    let page = flows::page(exchange, &flow);
    let address = flow.sent.as_ref().map(|sent| sent.to.as_str());
    let item = match flow.is_browser() {
        true => json!({"id": id, "verifiable_address": address, "url": page}),
        false => json!({"id": id, "verifiable_address": address}),
    };
    exchange.world.flows.insert(id, flow);
    Some(First { page, item: json!({"action": "show_verification_ui", "flow": item}) })
}

/// Starts a verification for every unverified address, and mails its code. Returns the last one.
pub(crate) fn send_verification(
    exchange: &mut Exchange<'_>,
    person: Uuid,
    request_url: &str,
    transport: Transport,
) -> Option<Uuid> {
    if !exchange.world.config.methods.code && !exchange.world.config.methods.link {
        return None;
    }
    let waiting: Vec<String> = exchange
        .world
        .identity(person)
        .into_iter()
        .flat_map(|person| &person.verifiable_addresses)
        .filter(|address| address.verified_at.is_none() && address.status == "pending")
        .map(|address| address.value.clone())
        .collect();
    let mut last = None;
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
        last = Some(flow.id);
        exchange.world.flows.insert(flow.id, flow);
        if let Some(person) = exchange.world.identity_mut(person) {
            person.mark_sent(&to);
        }
    }
    last
}
