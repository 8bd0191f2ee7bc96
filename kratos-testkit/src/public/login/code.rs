//! Login by a mailed code.

use serde_json::json;

use super::super::flows;
use super::super::mailed::{self, Letter};
use super::super::sign_in::{Proven, login_done};
use super::super::step::{Step, refuse, refuse_fields};
use super::nodes;
use crate::exchange::Exchange;
use crate::ui::{Message, Node, text};
use crate::wire::form::Form;
use crate::world::flow::Flow;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let code = form.text("code");
    if flow.state == "sent_email" && form.text("resend").is_empty() && !code.is_empty() {
        return enter(exchange, flow, code);
    }
    send(exchange, flow, form)
}

fn send(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let sent_before = flow.sent.as_ref().map(|sent| sent.to.clone()).unwrap_or_default();
    let identifier = [form.text("identifier"), sent_before.as_str()];
    let identifier = identifier.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned();
    if identifier.is_empty() {
        return Err(refuse_fields(flow, vec![("identifier".into(), text::missing("identifier"))]));
    }
    let Some(person) = exchange.world.known_as("code", &identifier).map(|person| person.id) else {
        flow.sheet.fill("identifier", identifier.as_str().into());
        let text = "This account does not exist or has not setup sign in with code.";
        return Err(refuse(flow, Message::error(4_000_035, text)));
    };
    let about = json!({"identity": mailed::about(exchange, person)});
    let letter = Letter { template: "login_code_valid", code: "login_code", to: &identifier, about };
    mailed::send_code(exchange, flow, &letter);
    flow.identity = Some(person);
    flow.active = Some("code");
    flow.state = "sent_email";
    flow.transient = true;
    flow.sheet.reset();
    let mut drawn = vec![
        nodes::identifier_field(exchange, group(exchange)).hidden().value(identifier.as_str()),
        Node::input("code", "method", "hidden").value("code"),
        Node::input("code", "code", "text").required().label(Message::info(1_070_013, "Login code")),
        Node::submit("code", "code", text::proceed()),
        Node::input("code", "resend", "submit").value("code").label(text::resend()),
    ];
    if flow.is_browser() {
        drawn.push(Node::csrf(&flow.csrf));
    }
    flow.sheet.nodes = drawn;
    let text = "A code was sent to the address you provided. If you didn't receive it, please check the spelling of the \
                address and try again.";
    flow.sheet.messages.push(Message::info(1_010_014, text));
    Err(flows::go_on(exchange, flow))
}

fn group(exchange: &Exchange<'_>) -> &'static str {
    match exchange.world.config.login_style {
        crate::config::LoginStyle::IdentifierFirst => "identifier_first",
        crate::config::LoginStyle::Unified => "default",
    }
}

fn enter(exchange: &mut Exchange<'_>, flow: &mut Flow, code: &str) -> Step {
    if mailed::redeem(exchange, flow, code) {
        let person = flow.identity.ok_or_else(crate::wire::Problem::no_row)?;
        let now = exchange.world.now();
        // entering the code verifies the address
        if let (Some(sent), Some(person)) = (&flow.sent, exchange.world.identity_mut(person)) {
            person.verify(&sent.to.to_lowercase(), now);
        }
        return login_done(exchange, flow, person, Proven { method: "code", aal: "aal1" });
    }
    let to = flow.sent.as_ref().map(|sent| sent.to.clone()).unwrap_or_default();
    let stop = refuse(flow, text::invalid_code(4_010_008, "login"));
    flow.sheet.nodes = vec![
        Node::csrf(&flow.csrf),
        Node::input("default", "identifier", "hidden").value(to),
        Node::input("code", "code", "text").required().label(Message::info(1_070_013, "Login code")),
        Node::input("code", "resend", "submit").value("code").label(text::resend()),
        Node::input("code", "method", "hidden").value("code"),
        Node::submit("code", "code", text::proceed()),
    ];
    Err(stop)
}
