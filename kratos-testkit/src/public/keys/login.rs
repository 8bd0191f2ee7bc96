//! Login by passkey, and by security key as second factor.

use super::super::flows;
use super::super::sign_in::{Proven, login_done};
use super::super::step::{Step, Stop, refuse};
use crate::exchange::Exchange;
use crate::ui::{Message, text};
use crate::webauthn::{Assertion, Key, Party, Refused, keys_of, parse_assertion, with_keys};
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;

/// Returns true if the form is of a passkey.
pub(in super::super) fn is_passkey(exchange: &Exchange<'_>, form: &Form) -> bool {
    exchange.world.config.methods.passkey
        && (form.method() == "passkey" || !form.text("passkey_login").is_empty())
}

/// Returns true if the form is of a security key.
pub(in super::super) fn is_security_key(exchange: &Exchange<'_>, flow: &Flow, form: &Form) -> bool {
    exchange.world.config.methods.webauthn
        && flow.is_browser()
        && (form.method() == "webauthn" || !form.text("webauthn_login").is_empty())
}

pub(in super::super) fn passkey(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    if form.text("passkey_login").is_empty() {
        let page = flows::page(exchange, flow);
        return flows::leave(exchange.call, exchange.call.wants_json(), &page);
    }
    let assertion =
        parse_assertion(form.text("passkey_login")).map_err(|refused| malformed(flow, &refused))?;
    let handle = String::from_utf8_lossy(&assertion.user).into_owned();
    let is_its = |known: &crate::world::identity::Credential| known.identifiers.contains(&handle);
    let mut people = exchange.world.identities.iter();
    let owner = people.find(|person| person.credentials.get("passkey").is_some_and(is_its));
    let Some(owner) = owner.map(|person| person.id) else {
        let text = "This account does not exist or has no security key set up.";
        return Err(refuse(flow, Message::error(4_000_015, text)));
    };
    verify(exchange, flow, owner, "passkey", &assertion)?;
    login_done(exchange, flow, owner, Proven { method: "passkey", aal: "aal1" })
}

pub(in super::super) fn security_key(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let owner = exchange.world.signed_in(exchange.call).map(|(_, person)| person.id);
    let owner = owner.ok_or_else(|| {
        Problem::new(401, "request does not have a valid authentication session")
            .with_id("session_inactive")
            .reason("No active session was found in this request.")
    })?;
    let assertion =
        parse_assertion(form.text("webauthn_login")).map_err(|refused| malformed(flow, &refused))?;
    verify(exchange, flow, owner, "webauthn", &assertion)?;
    login_done(exchange, flow, owner, Proven { method: "webauthn", aal: "aal2" })
}

fn malformed(flow: &mut Flow, refused: &Refused) -> Stop {
    let (Refused::Malformed(why) | Refused::Invalid(why)) = refused;
    refuse(flow, text::generic(why))
}

/// Verifies the answer by a key of the identity, and stores the key's counter.
fn verify(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    owner: uuid::Uuid,
    kind: &'static str,
    assertion: &Assertion,
) -> Result<(), Stop> {
    let party = Party::of(&exchange.world.config);
    let ceremony = if kind == "passkey" { &mut flow.keys.passkey } else { &mut flow.keys.security_key };
    let person = exchange.world.identity(owner).ok_or_else(Problem::no_row)?;
    let mut keys = keys_of(person, kind);
    let Ok(used) = assertion.verify(&party, ceremony, &keys) else {
        return Err(refuse(flow, text::wrong_key(exchange.world.config.release)));
    };
    ceremony.challenge.clear();
    let handle = if assertion.user.is_empty() { owner.as_bytes().to_vec() } else { assertion.user.clone() };
    keys.iter_mut().filter(|key| key.id == used.id).for_each(|key: &mut Key| *key = used.clone());
    let config = with_keys(&keys, &handle, kind == "passkey");
    if let Some(known) =
        exchange.world.identity_mut(owner).and_then(|person| person.credentials.get_mut(kind))
    {
        known.config = config;
    }
    Ok(())
}
