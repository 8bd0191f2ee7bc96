//! The nodes and messages of a form, and how a submission changes them.

use serde_json::{Map, Value};

use super::{Message, Node};

/// The nodes and messages of a flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) nodes: Vec<Node>,
    pub(crate) messages: Vec<Message>,
}

impl Sheet {
    pub(crate) fn new(nodes: Vec<Node>) -> Self {
        Self { nodes, messages: Vec::new() }
    }

    /// Removes the messages of the last submission.
    pub(crate) fn reset(&mut self) {
        self.messages.clear();
        for node in &mut self.nodes {
            node.messages.clear();
        }
    }

    /// Adds a message to a field. A missing field becomes a bare node, as in Kratos.
    pub(crate) fn tell(&mut self, name: &str, message: Message) {
        if !self.nodes.iter().any(|node| node.name() == name) {
            // Kratos 26.2.0 inserts a password after the first trait, others after the group's last field
            let first = |node: &Node| name == "password" && node.name().starts_with("traits.");
            let last = || self.nodes.iter().rposition(|node| node.group == "default");
            let before = self.nodes.iter().position(first).or_else(last);
            let after = before.map_or(0, |at| at + 1);
            self.nodes.insert(after, Node::input("default", name, "text"));
        }
        if let Some(node) = self.nodes.iter_mut().find(|node| node.name() == name) {
            node.messages.push(message);
        }
    }

    /// Sorts nodes by group. Unnamed groups come first; in a group the submit button of its method comes last.
    pub(crate) fn sort(&mut self, groups: &[&str]) {
        let rank = |group: &str| groups.iter().position(|known| *known == group).map_or(0, |at| at + 1);
        self.nodes.sort_by_key(|node| (rank(node.group), node.name() == "method"));
    }

    /// Sets the value of a field.
    pub(crate) fn fill(&mut self, name: &str, value: Value) {
        if let Some(node) = self.nodes.iter_mut().find(|node| node.name() == name) {
            node.attributes.insert("value".into(), value);
        }
    }

    pub(crate) fn set_csrf(&mut self, token: &str) {
        self.fill("csrf_token", token.into());
    }

    /// Returns the form as JSON. Without nodes, `nodes` is null, as Go writes a nil slice.
    pub(crate) fn json(&self, action: &str, method: &str) -> Value {
        let mut ui = Map::new();
        ui.insert("action".into(), action.into());
        ui.insert("method".into(), method.into());
        let nodes = self.nodes.iter().map(Node::json).collect();
        ui.insert("nodes".into(), if self.nodes.is_empty() { Value::Null } else { Value::Array(nodes) });
        if !self.messages.is_empty() {
            ui.insert("messages".into(), self.messages.iter().map(Message::json).collect());
        }
        Value::Object(ui)
    }
}
