//! Passkeys and security keys of an account.

use serde_json::Value;

use super::super::settings::{check_privileged, saved};
use super::super::step::{Step, refuse, refuse_fields};
use super::{added, not_registered};
use crate::exchange::Exchange;
use crate::ui::text;
use crate::webauthn::{Party, keys_of, register, with_keys};
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;
use crate::world::session::Method;

/// The credential, and the fields of its form.
struct Kind {
    name: &'static str,
    register: &'static str,
    remove: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind { name: "webauthn", register: "webauthn_register", remove: "webauthn_remove" },
    Kind { name: "passkey", register: "passkey_settings_register", remove: "passkey_remove" },
];

fn kind_of(exchange: &Exchange<'_>, flow: &Flow, form: &Form) -> Option<&'static Kind> {
    let methods = &exchange.world.config.methods;
    KINDS.iter().find(|kind| {
        let is_on =
            if kind.name == "passkey" { methods.passkey } else { methods.webauthn && flow.is_browser() };
        is_on && (!form.text(kind.register).is_empty() || !form.text(kind.remove).is_empty())
    })
}

/// Returns true if the form adds or removes a key.
pub(in super::super) fn is_asked(exchange: &Exchange<'_>, flow: &Flow, form: &Form) -> bool {
    kind_of(exchange, flow, form).is_some()
}

pub(in super::super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let kind = kind_of(exchange, flow, form).ok_or_else(Problem::no_row)?;
    check_privileged(exchange, flow, form)?;
    if form.text(kind.register).is_empty() {
        return remove(exchange, flow, kind, form.text(kind.remove));
    }
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    let now = exchange.world.now();
    let party = Party::of(&exchange.world.config);
    let is_passkey = kind.name == "passkey";
    let ceremony = if is_passkey { &flow.keys.passkey } else { &flow.keys.security_key };
    let user = ceremony.user.clone();
    let key = register(&party, ceremony, form.text(kind.register));
    let key = key.map_err(|refused| not_registered(flow, &refused))?;
    let key =
        added(&exchange.world, key, if is_passkey { "" } else { form.text("webauthn_register_displayname") });
    let person = exchange.world.identity_mut(id).ok_or_else(Problem::no_row)?;
    let mut keys = keys_of(person, kind.name);
    keys.push(key);
    let known = person.credentials.get(kind.name);
    let mut identifiers = known.map(|known| known.identifiers.clone()).unwrap_or_default();
    let handle = if is_passkey { user.as_bytes() } else { id.as_bytes() };
    let config = with_keys(&keys, handle, is_passkey);
    if is_passkey {
        identifiers.push(user.clone());
    }
    person.set_credential(kind.name, identifiers, config, now);
    person.updated_at = now;
    if !is_passkey {
        return saved(exchange, flow, Some("webauthn"));
    }
    let session = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id);
    if let Some(session) = session.and_then(|id| exchange.world.session_mut(id)) {
        session.methods.push(Method { method: "passkey", aal: "aal1", completed_at: now, provider: None });
    }
    saved(exchange, flow, None)
}

fn remove(exchange: &mut Exchange<'_>, flow: &mut Flow, kind: &Kind, key: &str) -> Step {
    let with_code = exchange.world.config.methods.passwordless_code;
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    let now = exchange.world.now();
    let is_passkey = kind.name == "passkey";
    let person = exchange.world.identity(id).ok_or_else(Problem::no_row)?;
    let keys = keys_of(person, kind.name);
    let what = if is_passkey { "passkey" } else { "WebAuthn credential" };
    if keys.is_empty() {
        return Err(refuse(
            flow,
            text::generic("You tried to remove a WebAuthn but you have no WebAuthn set up."),
        ));
    }
    let left: Vec<_> = keys.iter().filter(|known| known.hex() != key).cloned().collect();
    if left.len() == keys.len() {
        return Err(refuse(
            flow,
            text::generic(&format!("You tried to remove a {what} which does not exist.")),
        ));
    }
    if is_passkey && person.first_factors(with_code) < 2 {
        let why = "unable to remove this security key because it would lock you out of your account";
        let stop = refuse_fields(flow, vec![("webauthn_remove".into(), text::generic(why))]);
        // the field of the other method, which Kratos 26.2.0 puts first
        flow.sheet.nodes.sort_by_key(|node| node.name() != "webauthn_remove");
        return Err(stop);
    }
    let person = exchange.world.identity_mut(id).ok_or_else(Problem::no_row)?;
    let identifiers =
        person.credentials.get(kind.name).map(|known| known.identifiers.clone()).unwrap_or_default();
    match (left.is_empty(), is_passkey) {
        (true, true) => drop(person.credentials.remove(kind.name)),
        // the schema gives the identifiers again
        (true, false) => person.set_credential(kind.name, identifiers, Value::Null, now),
        (false, _) => {
            let handle = identifiers.first().map(|first| first.as_bytes().to_vec()).unwrap_or_default();
            let handle = if is_passkey { handle } else { id.as_bytes().to_vec() };
            person.set_credential(kind.name, identifiers, with_keys(&left, &handle, is_passkey), now);
        }
    }
    person.updated_at = now;
    saved(exchange, flow, None)
}
