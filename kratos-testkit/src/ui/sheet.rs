//! A form being drawn: nodes and messages, and what a submission does to them.

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

    /// Takes back what the last submission was told.
    pub(crate) fn reset(&mut self) {
        self.messages.clear();
        for node in &mut self.nodes {
            node.messages.clear();
        }
    }

    /// Tells a field something; a field that is not there becomes a bare node, as Kratos makes one.
    pub(crate) fn tell(&mut self, name: &str, message: Message) {
        if !self.nodes.iter().any(|node| node.name() == name) {
            // a password stands behind the first trait (26.2.0), all else behind the group's last field
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

    /// Orders nodes by group; groups not named come first, and within one the submit of its method last.
    pub(crate) fn sort(&mut self, groups: &[&str]) {
        let rank = |group: &str| groups.iter().position(|known| *known == group).map_or(0, |at| at + 1);
        self.nodes.sort_by_key(|node| (rank(node.group), node.name() == "method"));
    }

    /// Fills a field in.
    pub(crate) fn fill(&mut self, name: &str, value: Value) {
        if let Some(node) = self.nodes.iter_mut().find(|node| node.name() == name) {
            node.attributes.insert("value".into(), value);
        }
    }

    pub(crate) fn set_csrf(&mut self, token: &str) {
        self.fill("csrf_token", token.into());
    }

    /// The form as JSON. Without nodes it has `null` there, as Go writes a list nobody made.
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
