//! Registration by a mailed code.

use serde_json::json;

use super::super::flows;
use super::super::mailed::{self, Letter};
use super::super::sign_in::Proven;
use super::super::step::{Step, Stop, refuse, refuse_fields};
use super::{finish, nodes, traits};
use crate::exchange::Exchange;
use crate::ui::{Message, text};
use crate::wire::form::Form;
use crate::world::flow::Flow;
use crate::world::identity::Identity;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let code = form.text("code");
    if flow.state == "sent_email" && form.text("resend").is_empty() && !code.is_empty() {
        return enter(exchange, flow, code);
    }
    let traits = traits::read(exchange, flow, form).map_err(|wrong| refuse_fields(flow, wrong))?;
    let marked = nodes::schema(exchange).map(|schema| schema.marked(&traits)).unwrap_or_default();
    let Some(to) = marked.code.first() else {
        return Err(refuse_fields(flow, vec![("traits.email".into(), text::missing("email"))]));
    };
    flow.traits = traits.clone();
    let about = json!({ "traits": traits });
    let letter = Letter { template: "registration_code_valid", code: "registration_code", to, about };
    mailed::send_code(exchange, flow, &letter);
    flow.sheet.reset();
    flow.sheet.nodes = nodes::code_sent(exchange, flow, false);
    flow.active = Some("code");
    flow.state = "sent_email";
    flow.transient = true;
    let text = "A code has been sent to the address(es) you provided. If you have not received a message, check the \
                spelling of the address and retry the registration.";
    flow.sheet.messages.push(Message::info(1_040_005, text));
    Ok(flows::show(exchange, flow, 400))
}

fn enter(exchange: &mut Exchange<'_>, flow: &mut Flow, code: &str) -> Step {
    if !mailed::redeem(exchange, flow, code) {
        let stop = refuse(flow, text::invalid_code(4_040_003, "registration"));
        flow.sheet.nodes = nodes::code_sent(exchange, flow, true);
        return Err(stop);
    }
    let now = exchange.world.now();
    let Some(schema) = nodes::schema(exchange) else { return Err(Stop::Form) };
    let mut person = Identity::new(&exchange.world.config.default_schema, schema, flow.traits.clone(), now);
    // entering the code verifies the address
    let proven = flow.sent.as_ref().map(|sent| sent.to.clone()).unwrap_or_default();
    person.verify(&proven, now);
    finish::sign_up(exchange, flow, person, Proven { method: "code", aal: "aal1" })
}
