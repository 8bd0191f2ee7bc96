//! The submission of a recovery.

use serde_json::{Value, json};

use super::super::csrf_check;
use super::super::flows;
use super::super::mailed::{self, Letter};
use super::super::step::{Step, Stop, refuse, refuse_fields};
use super::link::{Way, recover};
use super::{draft, link, nodes};
use crate::exchange::Exchange;
use crate::ui::{Message, text};
use crate::wire::Reply;
use crate::wire::form::Form;
use crate::world::World;
use crate::world::flow::Flow;
use crate::world::identity::Identity;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let methods = &exchange.world.config.methods;
    let handler: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step = match form.method() {
        // after a submission without a strategy, Kratos 26.2.0 finds none again
        _ if flow.active == Some("default") => unaddressed,
        "code" if methods.code => code,
        "link" if methods.link => link,
        _ => unaddressed,
    };
    // a flow that an operator created has no CSRF cookie yet
    if !flow.csrf.is_empty() || !flow.is_browser() {
        csrf_check::check(exchange, flow, form).inspect_err(|_| {
            if flow.state == "passed_challenge" {
                exchange.renew_csrf();
            }
        })?;
    }
    if flow.state == "passed_challenge" {
        return retry(exchange, flow);
    }
    handler(exchange, flow, form)
}

fn unaddressed(_: &mut Exchange<'_>, flow: &mut Flow, _: &Form) -> Step {
    flow.active = Some("default");
    Err(refuse(flow, text::no_strategy(4_010_005, "recover your account with")))
}

/// Replaces a completed flow by a new one.
fn retry(exchange: &mut Exchange<'_>, old: &Flow) -> Step {
    exchange.renew_csrf();
    let mut flow = draft(exchange, old.transport)?;
    let text = "The request was already completed successfully and can not be retried.";
    flow.sheet.messages.push(Message::error(4_060_001, text));
    let page = flows::page(exchange, &flow);
    let again = format!("{}/self-service/recovery/flows?id={}", exchange.world.public_url, flow.id);
    exchange.world.flows.insert(flow.id, flow);
    let json = !old.is_browser() || exchange.call.wants_json();
    Ok(Reply::see_other(exchange.call, if json { &again } else { &page }))
}

fn code(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let email = form.text("email");
    if flow.state != "choose_method" && email.is_empty() {
        return enter(exchange, flow, form.text("code"));
    }
    check_email(flow, email)?;
    let to = email.to_lowercase();
    let person = owner(&exchange.world, &to).map(|person| person.id);
    flow.identity = person;
    flow.sent = None;
    if let Some(person) = person {
        let about = json!({"identity": mailed::about(exchange, person)});
        let letter = Letter { template: "recovery_code_valid", code: "recovery_code", to: &to, about };
        mailed::send_code(exchange, flow, &letter);
    }
    flow.active = Some("code");
    flow.sheet.reset();
    flow.sheet.nodes = nodes::code_sent(flow, Some(email));
    told(flow, 1_060_003, "code");
    Ok(flows::show(exchange, flow, 200))
}

fn link(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let email = form.text("email");
    check_email(flow, email)?;
    let to = email.to_lowercase();
    if let Some(person) = owner(&exchange.world, &to).map(|person| person.id) {
        flow.identity = Some(person);
        link::send(exchange, flow, &to, person);
    }
    flow.active = Some("link");
    flow.sheet.reset();
    flow.sheet.nodes = nodes::link_sent(flow, email, exchange.world.config.recovery_by);
    told(flow, 1_060_002, "link");
    Ok(flows::show(exchange, flow, 200))
}

/// Responds alike to known and unknown addresses.
fn told(flow: &mut Flow, id: u64, what: &str) {
    flow.state = "sent_email";
    flow.transient = true;
    let text = format!(
        "An email containing a recovery {what} has been sent to the email address you provided. If you have not \
         received an email, check the spelling of the address and make sure to use the address you registered with."
    );
    flow.sheet.messages.push(Message::info(id, text));
}

fn enter(exchange: &mut Exchange<'_>, flow: &mut Flow, code: &str) -> Step {
    let way = Way { method: "code_recovery" };
    match flow.identity.filter(|_| mailed::redeem(exchange, flow, code)) {
        Some(person) => recover(exchange, flow, person, way),
        None => {
            flow.transient = true;
            flow.sheet.reset();
            flow.sheet.messages.push(text::invalid_code(4_060_006, "recovery"));
            // Kratos 26.2.0 responds 200 to a wrong code
            Ok(flows::show(exchange, flow, 200))
        }
    }
}

fn check_email(flow: &mut Flow, email: &str) -> Result<(), Stop> {
    let told = if email.is_empty() {
        text::missing("email")
    } else if !email.contains('@') {
        text::email_format(&Value::from(email))
    } else {
        return Ok(());
    };
    Err(refuse_fields(flow, vec![("email".into(), told)]))
}

/// Returns the identity with this recovery address.
fn owner<'a>(world: &'a World, address: &str) -> Option<&'a Identity> {
    let has = |person: &&Identity| person.recovery_addresses.iter().any(|known| known.value == address);
    world.identities.iter().find(has)
}
