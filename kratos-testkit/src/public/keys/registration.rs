//! Registration with a passkey.

use super::super::registration::{read_traits, schema, sign_up};
use super::super::sign_in::Proven;
use super::super::step::{Step, Stop, refuse_fields};
use super::{added, not_registered};
use crate::exchange::Exchange;
use crate::webauthn::{Party, register, with_keys};
use crate::wire::form::Form;
use crate::world::flow::Flow;
use crate::world::identity::Identity;

/// Returns true if the form holds the answer of an authenticator.
pub(in super::super) fn is_asked(exchange: &Exchange<'_>, form: &Form) -> bool {
    exchange.world.config.methods.passkey && !matches!(form.text("passkey_register"), "" | "true")
}

pub(in super::super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let before = flow.sheet.clone();
    let traits = read_traits(exchange, flow, form);
    let party = Party::of(&exchange.world.config);
    let key = register(&party, &flow.keys.passkey, form.text("passkey_register"));
    let key = key.map_err(|refused| not_registered(flow, &refused))?;
    let traits = traits.map_err(|wrong| refuse_fields(flow, wrong))?;
    let now = exchange.world.now();
    let Some(known) = schema(exchange) else { return Err(Stop::Form) };
    let mut person = Identity::new(&exchange.world.config.default_schema, known, traits, now);
    let user = flow.keys.passkey.user.clone();
    let config = with_keys(&[added(&exchange.world, key, "")], user.as_bytes(), true);
    person.set_credential("passkey", vec![user], config, now);
    // the next form does not keep the values entered
    flow.sheet = before;
    sign_up(exchange, flow, person, Proven { method: "passkey", aal: "aal1" })
}
