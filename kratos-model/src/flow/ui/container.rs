//! The form itself.

use super::{NodeGroup, UiNode, UiText};
use crate::wire::{QuietText, wire_struct};

wire_struct! {
    /// A form: where it is sent, and what is in it.
    pub struct UiContainer {
        required {}
        optional {
            /// Where the browser sends it. Its host is the public base URL of Kratos' configuration.
            action: QuietText = "action",
            /// With which HTTP method: `POST`.
            method: String = "method",
            /// Its nodes, in an order that differs between releases and answers.
            nodes: Vec<UiNode> = "nodes",
            /// What Kratos says about the whole of it.
            messages: Vec<UiText> = "messages",
        }
    }
}

impl UiContainer {
    /// The CSRF token, unless it is empty as in native flows.
    #[must_use]
    pub fn csrf_token(&self) -> Option<String> {
        self.input_value("csrf_token").filter(|token| !token.is_empty())
    }

    /// The value of the first input of that name, as a form shows it.
    #[must_use]
    pub fn input_value(&self, name: &str) -> Option<String> {
        self.node(name)?.input()?.value_text()
    }

    /// The first input node of that name.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&UiNode> {
        self.nodes.iter().find(|node| node.input().is_some_and(|input| input.name == name))
    }

    /// The nodes of a group, in Kratos' order.
    pub fn nodes_of(&self, group: NodeGroup) -> impl Iterator<Item = &UiNode> {
        self.nodes.iter().filter(move |node| node.group == group)
    }

    /// The groups in use, each once, in order of their first node.
    #[must_use]
    pub fn groups(&self) -> Vec<&NodeGroup> {
        let mut groups: Vec<&NodeGroup> = Vec::new();
        for node in &self.nodes {
            if !groups.contains(&&node.group) {
                groups.push(&node.group);
            }
        }
        groups
    }

    /// The messages of the form, then those of its nodes.
    pub fn all_messages(&self) -> impl Iterator<Item = &UiText> {
        self.messages.iter().chain(self.nodes.iter().flat_map(|node| &node.messages))
    }

    /// Whether any message says that something was wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all_messages().any(UiText::is_error)
    }
}
