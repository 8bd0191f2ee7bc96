//! The forms of registration.

use serde_json::Value;

use crate::exchange::Exchange;
use crate::schema::Schema;
use crate::ui::passkey::{self, Scripts};
use crate::ui::{Message, Node, text};
use crate::webauthn::Party;
use crate::world::flow::Flow;

/// The first form: the traits alone, or with all methods in one step.
pub(super) fn first(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let mut nodes = head(exchange, flow);
    nodes.extend(traits(exchange, &flow.traits));
    if exchange.world.config.one_step {
        nodes.extend(credentials(exchange, flow));
    } else {
        nodes.push(Node::submit("profile", "profile", sign_up()));
    }
    nodes
}

/// The second form: hidden traits, and the methods to choose from.
pub(super) fn second(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let mut nodes = head(exchange, flow);
    nodes.extend(traits(exchange, &flow.traits).into_iter().map(Node::hidden));
    nodes.extend(credentials(exchange, flow));
    nodes.push(back("previous"));
    nodes
}

/// The form for a code; a wrong code reverses its order.
pub(super) fn code_sent(exchange: &Exchange<'_>, flow: &Flow, wrong: bool) -> Vec<Node> {
    let code =
        Node::input("code", "code", "text").required().label(Message::info(1_070_012, "Registration code"));
    let resend = Node::input("code", "resend", "submit").value("code").label(text::resend());
    let method = Node::input("code", "method", "hidden").value("code");
    let submit = Node::submit("code", "code", text::proceed());
    let mut nodes = vec![Node::csrf(&flow.csrf)];
    nodes.extend(traits(exchange, &flow.traits).into_iter().map(Node::hidden));
    if wrong {
        nodes.extend([code, resend, method, submit]);
    } else {
        nodes.extend([method, code, submit, resend]);
    }
    if !exchange.world.config.one_step {
        nodes.push(back("credential-selection"));
    }
    nodes
}

pub(in super::super) fn schema<'a>(exchange: &'a Exchange<'_>) -> Option<&'a Schema> {
    let config = &exchange.world.config;
    config.schema(&config.default_schema)
}

fn traits(exchange: &Exchange<'_>, values: &Value) -> Vec<Node> {
    schema(exchange).map(|schema| schema.nodes("default", values)).unwrap_or_default()
}

fn head(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let mut nodes = Vec::new();
    if let Some((id, label)) = &exchange.world.config.methods.provider {
        let context = serde_json::json!({"provider": label, "provider_id": id});
        let text = Message::info(1_040_002, format!("Sign up with {label}")).with(context);
        nodes.push(Node::input("oidc", "provider", "submit").value(id.as_str()).label(text));
    }
    nodes.push(Node::csrf(&flow.csrf));
    nodes
}

fn credentials(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let methods = &exchange.world.config.methods;
    let mut nodes = Vec::new();
    if methods.passkey {
        let scripts = Scripts::of(flow.is_browser());
        if flow.is_browser() {
            nodes.push(passkey::script(&exchange.world.public_url));
        }
        let options = Party::of(&exchange.world.config).new_passkey(&flow.keys.passkey, "");
        let named = schema(exchange).and_then(Schema::email_field);
        let field = format!("traits.{}", named.unwrap_or_default());
        let mut passkey = passkey::registration(scripts, &options, &field);
        if scripts == Scripts::Without && exchange.world.config.one_step {
            // the sort of Kratos 26.2.0 is not stable
            passkey.swap(0, 1);
        }
        nodes.extend(passkey);
    }
    if methods.passwordless_code {
        nodes.push(Node::submit("code", "code", Message::info(1_040_006, "Send sign up code")));
    }
    if methods.password {
        nodes.push(Node::password("new-password"));
        nodes.push(Node::submit("password", "password", sign_up()));
    }
    nodes
}

fn back(to: &str) -> Node {
    Node::input("profile", "screen", "submit").value(to).label(Message::info(1_040_008, "Back"))
}

fn sign_up() -> Message {
    Message::info(1_040_001, "Sign up")
}
