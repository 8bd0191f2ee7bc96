//! The forms of verification.

use crate::config::Proof;
use crate::ui::{Message, Node, text};
use crate::world::flow::Flow;

/// Asks for the address.
pub(super) fn ask(flow: &Flow, by: Proof) -> Vec<Node> {
    let group = by.as_str();
    let mut nodes = vec![
        Node::input(group, "email", "email").required().label(text::email()),
        Node::submit(group, group, text::proceed()),
    ];
    if flow.is_browser() {
        nodes.push(Node::csrf(&flow.csrf));
    }
    nodes
}

/// Asks for the code. Only a browser gets the CSRF token again.
pub(crate) fn code_sent(flow: &Flow, to: &str) -> Vec<Node> {
    let mut nodes = vec![
        Node::input("code", "method", "hidden").value("code"),
        Node::input("code", "code", "text").required().label(Message::info(1_070_011, "Verification code")),
        Node::submit("code", "code", text::proceed()),
    ];
    if flow.is_browser() {
        nodes.push(Node::csrf(&flow.csrf));
    }
    nodes.push(Node::input("code", "email", "submit").value(to).label(text::resend()));
    nodes
}

/// Links to the next page after the address is verified.
pub(super) fn passed(flow: &Flow, to: &str) -> Vec<Node> {
    let group = if flow.active == Some("link") { "link" } else { "code" };
    let csrf = if flow.is_browser() { flow.csrf.as_str() } else { "" };
    vec![Node::csrf(csrf), Node::link(group, "continue", to, &text::proceed())]
}
