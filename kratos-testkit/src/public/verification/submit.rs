//! The submission of a verification.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::csrf_check;
use super::super::flows;
use super::super::mailed::{self, Letter};
use super::super::step::{Step, Stop, refuse};
use super::pass::pass;
use super::{draft, link, nodes};
use crate::exchange::Exchange;
use crate::ui::{Message, Node, text};
use crate::wire::form::Form;
use crate::wire::{Problem, Reply};
use crate::world::World;
use crate::world::flow::Flow;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let config = &exchange.world.config;
    let handler: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step = match form.method() {
        // after a submission without a strategy, Kratos 26.2.0 finds none again
        _ if flow.active == Some("default") => unaddressed,
        "code" if config.methods.code => code,
        // unlike recovery, verification accepts only the flow's own method
        "link" if config.methods.link && flow.active == Some("link") => by_link,
        "" | "link" => unaddressed,
        _ => {
            flow.sheet.messages.clear();
            flow.sheet.tell("method", text::generic("value must be one of \"code\", \"link\""));
            return Err(Stop::Form);
        }
    };
    csrf_check::check(exchange, flow, form)?;
    if flow.state == "passed_challenge" {
        return retry(exchange, flow);
    }
    handler(exchange, flow, form)
}

fn unaddressed(_: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    flow.active = Some("default");
    if !flow.sheet.nodes.iter().any(|node| node.name() == "csrf_token") {
        flow.sheet.nodes.push(Node::csrf(&flow.csrf));
    }
    flow.sheet.fill("email", form.text("email").into());
    Err(refuse(flow, text::no_strategy(4_010_006, "verify your account with")))
}

fn code(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let email = form.text("email");
    if flow.state == "sent_email" && email.is_empty() {
        return enter(exchange, flow, form.text("code"));
    }
    check_email(flow, email)?;
    let to = email.to_lowercase();
    // The address of a parked change belongs to no identity yet.
    if flow.parked.is_none() {
        flow.identity = owner(&exchange.world, &to);
    }
    flow.sent = None;
    if let Some(person) = flow.identity {
        let about = json!({"identity": mailed::about(exchange, person)});
        let letter =
            Letter { template: "verification_code_valid", code: "verification_code", to: &to, about };
        mailed::send_code(exchange, flow, &letter);
        if let Some(person) = exchange.world.identity_mut(person) {
            person.mark_sent(&to);
        }
    }
    flow.active = Some("code");
    flow.sheet.reset();
    flow.sheet.nodes = nodes::code_sent(flow, email);
    told(flow, 1_080_003, "code");
    Ok(flows::show(exchange, flow, 200))
}

fn by_link(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let email = form.text("email");
    check_email(flow, email)?;
    let to = email.to_lowercase();
    flow.identity = owner(&exchange.world, &to);
    if let Some(person) = flow.identity {
        link::send(exchange, flow, &to, person);
    }
    flow.sheet.reset();
    flow.sheet.fill("email", email.into());
    told(flow, 1_080_001, "link");
    Ok(flows::show(exchange, flow, 200))
}

/// Stores the parked change that waits for this flow, if there is one. Returns `false` if it is void: its session has
/// ended, the traits have changed, or the address is another user's by now.
fn apply(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid) -> bool {
    let Some(parked) = flow.parked.take() else { return true };
    let world = &exchange.world;
    let now = world.now();
    let is_signed_in = world.session(parked.session).is_some_and(|session| session.is_active(now));
    let known = world.identity(person).filter(|known| is_signed_in && known.traits == parked.before);
    let Some(mut changed) = known.cloned() else { return false };
    let Some(schema) = world.config.schema(&changed.schema_id).cloned() else { return false };
    changed.set_traits(&schema, parked.traits, now);
    if exchange.world.conflicts(&changed) {
        return false;
    }
    if let Some(known) = exchange.world.identity_mut(person) {
        *known = changed;
    }
    true
}

/// Responds alike to known and unknown addresses.
fn told(flow: &mut Flow, id: u64, what: &str) {
    flow.state = "sent_email";
    flow.sheet.messages.push(sent_message(id, what));
}

pub(super) fn sent_message(id: u64, what: &str) -> Message {
    let text = format!(
        "An email containing a verification {what} has been sent to the email address you provided. If you have not \
         received an email, check the spelling of the address and make sure to use the address you registered with."
    );
    Message::info(id, text)
}

fn enter(exchange: &mut Exchange<'_>, flow: &mut Flow, code: &str) -> Step {
    match flow.identity.filter(|_| mailed::redeem(exchange, flow, code)) {
        Some(person) if apply(exchange, flow, person) => pass(exchange, flow, person)?,
        _ => {
            flow.transient = true;
            flow.sheet.reset();
            flow.sheet.messages.push(text::invalid_code(4_070_006, "verification"));
            // Kratos 26.2.0 responds 200 to a wrong code
            return Ok(flows::show(exchange, flow, 200));
        }
    }
    Ok(flows::show(exchange, flow, 200))
}

/// Replaces a completed flow by a new one.
fn retry(exchange: &mut Exchange<'_>, old: &Flow) -> Step {
    exchange.renew_csrf();
    let mut flow = draft(exchange, old.transport)?;
    let text = "The request was already completed successfully and can not be retried.";
    flow.sheet.messages.push(Message::error(4_070_002, text));
    let (id, page) = (flow.id, flows::page(exchange, &flow));
    exchange.world.flows.insert(id, flow);
    if old.is_browser() && !exchange.call.wants_json() {
        return Ok(Reply::see_other(exchange.call, &page));
    }
    Err(Problem::new(410, "self-service flow replaced")
        .with_id("self_service_flow_replaced")
        .reason("An error occured, please use the new flow.")
        .beside("use_flow_id", id.to_string())
        .into())
}

/// Kratos 26.2.0 keeps the field's earlier messages.
fn check_email(flow: &mut Flow, email: &str) -> Result<(), Stop> {
    let told = if email.is_empty() {
        text::missing("email")
    } else if !email.contains('@') {
        text::email_format(&Value::from(email))
    } else {
        return Ok(());
    };
    flow.sheet.messages.clear();
    flow.sheet.fill("email", "".into());
    flow.sheet.tell("email", told);
    Err(Stop::Form)
}

/// Returns the identity with this unverified address.
fn owner(world: &World, address: &str) -> Option<Uuid> {
    let mut people = world.identities.iter();
    people
        .find(|person| person.verifiable_addresses.iter().any(|known| known.value == address))
        .map(|known| known.id)
}
