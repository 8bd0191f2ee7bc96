//! A provider's user without an account.

use serde_json::{Map, Value, json};

use super::super::registration::{self, sign_up};
use super::super::sign_in::Proven;
use super::super::step::{Step, Stop, refuse_fields};
use super::callback::Back;
use super::linking;
use crate::exchange::Exchange;
use crate::schema::Schema;
use crate::ui::{Message, Node};
use crate::wire::Problem;
use crate::world::flow::{Flow, FlowKind};
use crate::world::identity::Identity;

/// The message of an address that is taken.
const DUPLICATE: u64 = 4_000_007;
/// The message of a text that is not an address.
const EMAIL_FORMAT: u64 = 4_000_040;

/// Returns a new registration in place of the login of an unknown user.
pub(super) fn instead_of(exchange: &mut Exchange<'_>, login: &Flow) -> Result<Flow, Problem> {
    let mut flow = registration::draft(exchange, login.transport)?;
    super::go_on(&mut flow, login);
    crate::hooks::before(exchange, &flow)?;
    Ok(flow)
}

/// Registers the user, asks for traits that the provider did not give, or offers to link an account of the same address.
pub(super) fn register(exchange: &mut Exchange<'_>, mut flow: Flow, back: &Back) -> (Flow, Step) {
    if linking::owner(exchange, &back.provider, &back.claims.subject).is_some() {
        return match linking::login_instead_of(exchange, &flow, None) {
            Ok(mut login) => {
                let person =
                    linking::owner(exchange, &back.provider, &back.claims.subject).unwrap_or_default();
                let proven = Proven { method: "oidc", aal: "aal1" };
                let step = super::super::sign_in::login_done(exchange, &mut login, person, proven);
                (login, step)
            }
            Err(problem) => (flow, Err(problem.into())),
        };
    }
    let config = &exchange.world.config;
    let (id, now) = (config.default_schema.clone(), exchange.world.now());
    let Some(schema) = config.schema(&id).cloned() else { return (flow, Err(Stop::Form)) };
    let traits = merged(&schema, back);
    let mut wrong = schema.check(&traits);
    // the extension of the schema checks addresses again
    let again: Vec<_> = wrong.iter().filter(|(_, message)| message.id == EMAIL_FORMAT).cloned().collect();
    wrong.extend(again);
    if !wrong.is_empty() {
        ask_again(&mut flow, &schema, &traits, &back.provider);
        let stop = refuse_fields(&mut flow, wrong);
        return (flow, Err(stop));
    }
    let mut person = Identity::new(&id, &schema, traits.clone(), now);
    person.link(&back.provider, &back.claims.subject, now);
    let step = sign_up(exchange, &mut flow, person.clone(), Proven { method: "oidc", aal: "aal1" });
    let is_taken = flow.sheet.messages.iter().any(|message| message.id == DUPLICATE);
    if matches!(step, Err(Stop::Form)) && is_taken && flow.kind == FlowKind::Registration {
        let found = exchange.world.conflicting(&person);
        return linking::offer(exchange, flow, back, &found.unwrap_or_default());
    }
    (flow, step)
}

/// The provider's claims as traits, under those that the user entered.
fn merged(schema: &Schema, back: &Back) -> Value {
    let mut traits = Map::new();
    if let Some(name) = schema.email_field() {
        traits.insert(name, back.claims.email.as_str().into());
    }
    let mut traits = Value::Object(traits);
    over(&mut traits, &back.traits);
    traits
}

/// Puts what was entered over what was given. An empty field was not entered.
fn over(given: &mut Value, entered: &Value) {
    let (Value::Object(given), Value::Object(entered)) = (given, entered) else { return };
    for (name, value) in entered {
        match (given.get_mut(name), value) {
            (Some(known @ Value::Object(_)), Value::Object(_)) => over(known, value),
            (None, _) => {
                given.insert(name.clone(), value.clone());
            }
            (Some(known), value) if !is_empty(value) => *known = value.clone(),
            _ => {}
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value == "" || value == &json!(false) || value == &json!(0)
}

/// The form of the traits, which goes on with the same provider.
fn ask_again(flow: &mut Flow, schema: &Schema, traits: &Value, provider: &str) {
    let go_on = Message::info(1_040_003, "Continue");
    let button = Node::input("oidc", "provider", "submit").value(provider).label(go_on);
    let mut nodes = vec![button, Node::csrf(&flow.csrf)];
    nodes.extend(schema.nodes("default", traits));
    flow.sheet.nodes = nodes;
}
