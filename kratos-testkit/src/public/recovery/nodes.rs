//! The forms of recovery.

use crate::config::Proof;
use crate::ui::{Message, Node, text};
use crate::world::flow::Flow;

/// Asks for the address.
pub(super) fn ask(flow: &Flow, by: Proof) -> Vec<Node> {
    let group = by.as_str();
    let email = Node::input(group, "email", "email").required().label(text::email());
    vec![Node::csrf(&flow.csrf), email, Node::submit(group, group, text::proceed())]
}

/// Asks for the code. A flow that an operator created has no address to resend it to.
pub(crate) fn code_sent(flow: &Flow, to: Option<&str>) -> Vec<Node> {
    let code = Node::input("code", "code", "text").required().attribute("pattern", "[0-9]+");
    let code = code.attribute("maxlength", 6).label(Message::info(1_070_010, "Recovery code"));
    let submit = Node::submit("code", "code", text::proceed());
    let Some(to) = to else { return vec![code, submit] };
    vec![
        Node::csrf(&flow.csrf),
        code,
        Node::input("code", "method", "hidden").value("code"),
        submit,
        Node::input("code", "email", "submit").value(to).label(text::resend()),
    ]
}

/// The form after a link was mailed; Kratos 26.2.0 keeps the submit button of the flow's own method.
pub(super) fn link_sent(flow: &Flow, to: &str, by: Proof) -> Vec<Node> {
    let mut nodes = ask(flow, by);
    for node in nodes.iter_mut().filter(|node| node.name() == "email") {
        *node = Node::input("link", "email", "email").value(to).required().label(text::email());
    }
    nodes
}
