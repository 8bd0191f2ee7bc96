//! An account with the same address as the provider's user: its owner signs in once to link both.

use serde_json::json;
use uuid::Uuid;

use super::super::sign_in::Proven;
use super::super::step::{Step, Stop, refuse};
use super::super::{flows, login, return_to};
use super::callback::Back;
use crate::exchange::Exchange;
use crate::ui::Message;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;
use crate::world::sign_on::Linking;

/// Returns the identity that this user of the provider is linked to.
pub(super) fn owner(exchange: &Exchange<'_>, provider: &str, subject: &str) -> Option<Uuid> {
    let identifier = format!("{provider}:{subject}");
    let mut people = exchange.world.identities.iter();
    let is_it = |known: &crate::world::identity::Credential| known.identifiers.contains(&identifier);
    people.find(|person| person.credentials.get("oidc").is_some_and(is_it)).map(|person| person.id)
}

/// Returns a login in place of a registration.
pub(super) fn login_instead_of(
    exchange: &mut Exchange<'_>,
    registration: &Flow,
    linking: Option<Linking>,
) -> Result<Flow, Problem> {
    let mut flow = login::for_linking(exchange, registration.transport, linking)?;
    super::go_on(&mut flow, registration);
    Ok(flow)
}

/// Offers to sign in to the account of this identifier.
pub(super) fn offer(
    exchange: &mut Exchange<'_>,
    registration: Flow,
    back: &Back,
    identifier: &str,
) -> (Flow, Step) {
    let linking = Linking {
        provider: back.provider.clone(),
        subject: back.claims.subject.clone(),
        identifier: identifier.to_owned(),
    };
    let mut flow = match login_instead_of(exchange, &registration, Some(linking)) {
        Ok(flow) => flow,
        Err(problem) => return (registration, Err(problem.into())),
    };
    let label = exchange.world.sso.as_ref().map(|known| known.label.clone()).unwrap_or_default();
    let page = exchange.world.config.page("login");
    flow.sheet.nodes.retain(|node| node.group != "oidc");
    if let Some(field) = flow.sheet.nodes.iter_mut().find(|node| node.name() == "identifier") {
        field.attributes.insert("type".into(), "hidden".into());
        field.attributes.insert("value".into(), identifier.into());
    }
    flow.sheet.messages = vec![told(identifier, &label, &page)];
    let query = format!("flow={}&no_org_ui=true", flow.id);
    let to = if flow.is_browser() {
        format!("{page}?{query}")
    } else {
        let to = return_to::target(exchange, flow.return_to.as_deref());
        format!("{to}{}{query}", if to.contains('?') { '&' } else { '?' })
    };
    let reply = if exchange.call.wants_json() {
        flows::show(exchange, &flow, 400)
    } else {
        Reply::see_other(exchange.call, &to)
    };
    exchange.world.flows.insert(registration.id, registration);
    (flow, Ok(reply))
}

fn told(identifier: &str, label: &str, page: &str) -> Message {
    let text = format!(
        "You tried to sign in with {identifier:?}, but that email is already used by another account. Sign in to your \
         account with one of the options below to add your account {identifier:?} at {label:?} as another way to sign in."
    );
    Message::info(1_010_016, text).with(json!({
        "duplicateIdentifier": identifier, "duplicate_identifier": identifier, "provider": label,
        "newLoginUrl": page, "new_login_url": page, "available_credential_types": [], "available_providers": [],
    }))
}

/// Links the sign-on that waits in this flow to the identity that signs in, once it has used all the factors that it must.
pub(in super::super) fn link(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    person: Uuid,
    proven: Proven,
) -> Result<bool, Stop> {
    let Some(linking) = flow.linking.clone() else { return Ok(false) };
    let now = exchange.world.now();
    let needs_more = proven.aal != "aal2" && exchange.world.requires_second_factor(person);
    let Some(person) = exchange.world.identity_mut(person).filter(|_| !needs_more) else { return Ok(false) };
    let is_its = person.credentials.values().any(|known| known.identifiers.contains(&linking.identifier));
    if !is_its {
        return Err(refuse(flow, Message::error(4_010_009, "Linked credentials do not match.")));
    }
    person.link(&linking.provider, &linking.subject, now);
    Ok(true)
}

/// Returns the second step of a login that links.
pub(in super::super) fn complete(
    exchange: &mut Exchange<'_>,
    flow: &Flow,
    person: Uuid,
) -> Result<Flow, Problem> {
    let mut next = login::step_up(exchange, flow, person)?;
    next.linking.clone_from(&flow.linking);
    Ok(next)
}
