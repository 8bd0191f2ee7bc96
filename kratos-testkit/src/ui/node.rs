//! One element of a form.

use serde_json::{Map, Value, json};

use super::Message;

/// A node: its attributes in the order Kratos writes them.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    kind: &'static str,
    pub(crate) group: &'static str,
    pub(crate) attributes: Map<String, Value>,
    pub(crate) messages: Vec<Message>,
    label: Option<Message>,
}

impl Node {
    pub(crate) fn input(group: &'static str, name: &str, kind: &str) -> Self {
        let attributes = Map::from_iter([
            ("name".to_owned(), name.into()),
            ("type".to_owned(), kind.into()),
            ("disabled".to_owned(), false.into()),
            ("node_type".to_owned(), "input".into()),
        ]);
        Self { kind: "input", group, attributes, messages: Vec::new(), label: None }
    }

    pub(crate) fn csrf(token: &str) -> Self {
        Self::input("default", "csrf_token", "hidden").value(token).required()
    }

    pub(crate) fn submit(group: &'static str, method: &str) -> Self {
        Self::input(group, "method", "submit").value(method)
    }

    pub(crate) fn value(self, value: impl Into<Value>) -> Self {
        self.attribute("value", value)
    }

    pub(crate) fn required(self) -> Self {
        self.attribute("required", true)
    }

    pub(crate) fn attribute(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.attributes.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    pub(crate) fn json(&self) -> Value {
        let messages: Vec<Value> = self.messages.iter().map(Message::json).collect();
        let label = self.label.as_ref().map_or_else(|| json!({}), |label| json!({"label": label.json()}));
        json!({
            "type": self.kind, "group": self.group, "attributes": self.attributes, "messages": messages,
            "meta": label,
        })
    }
}
