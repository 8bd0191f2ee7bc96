//! Forms.

use super::{NodeGroup, UiNode, UiText};
use crate::wire::{QuietText, wire_struct};

wire_struct! {
    /// A form.
    pub struct UiContainer {
        required {}
        optional {
            /// The URL to submit to. Its host is the public base URL in Kratos' configuration.
            action: QuietText = "action",
            /// The HTTP method: `POST`.
            method: String = "method",
            /// The nodes. Their order differs between releases and responses.
            nodes: Vec<UiNode> = "nodes",
            /// The messages about the whole form.
            messages: Vec<UiText> = "messages",
        }
    }
}

impl UiContainer {
    /// Returns the CSRF token; `None` if it is empty, as in native flows.
    #[must_use]
    pub fn csrf_token(&self) -> Option<String> {
        self.input_value("csrf_token").filter(|token| !token.is_empty())
    }

    /// Returns the value of the first input named `name` as text.
    #[must_use]
    pub fn input_value(&self, name: &str) -> Option<String> {
        self.node(name)?.input()?.value_text()
    }

    /// Returns the first input node named `name`.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&UiNode> {
        self.nodes.iter().find(|node| node.input().is_some_and(|input| input.name == name))
    }

    /// Iterates over the nodes of a group, in Kratos' order.
    pub fn nodes_of(&self, group: NodeGroup) -> impl Iterator<Item = &UiNode> {
        self.nodes.iter().filter(move |node| node.group == group)
    }

    /// Returns the groups in use, each once, in the order of their first node.
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

    /// Iterates over the messages of the form, then those of its nodes.
    pub fn all_messages(&self) -> impl Iterator<Item = &UiText> {
        self.messages.iter().chain(self.nodes.iter().flat_map(|node| &node.messages))
    }

    /// Returns whether any message is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all_messages().any(UiText::is_error)
    }
}
