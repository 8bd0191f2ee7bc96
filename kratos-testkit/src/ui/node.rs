//! One element of a form.

use serde_json::{Map, Value, json};

use super::{Message, text};

/// A node and its attributes.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    kind: &'static str,
    pub(crate) group: &'static str,
    pub(crate) attributes: Map<String, Value>,
    pub(crate) messages: Vec<Message>,
    label: Option<Message>,
}

impl Node {
    fn new(kind: &'static str, group: &'static str, attributes: Map<String, Value>) -> Self {
        Self { kind, group, attributes, messages: Vec::new(), label: None }.attribute("node_type", kind)
    }

    pub(crate) fn input(group: &'static str, name: &str, kind: &str) -> Self {
        let node = Self::new("input", group, Map::new());
        node.attribute("name", name).attribute("type", kind).attribute("disabled", false)
    }

    /// A text of the form, such as a secret to copy.
    pub(crate) fn text(group: &'static str, id: &str, text: &Message) -> Self {
        Self::new("text", group, Map::new()).attribute("id", id).attribute("text", text.json())
    }

    /// A square image.
    pub(crate) fn image(group: &'static str, id: &str, source: &str, size: u32) -> Self {
        let node = Self::new("img", group, Map::new()).attribute("id", id).attribute("src", source);
        node.attribute("width", size).attribute("height", size)
    }

    pub(crate) fn link(group: &'static str, id: &str, to: &str, title: &Message) -> Self {
        let node = Self::new("a", group, Map::new()).attribute("id", id).attribute("href", to);
        node.attribute("title", title.json()).label(title.clone())
    }

    pub(crate) fn script(group: &'static str, attributes: Map<String, Value>) -> Self {
        Self::new("script", group, attributes)
    }

    pub(crate) fn csrf(token: &str) -> Self {
        Self::input("default", "csrf_token", "hidden").value(token).required()
    }

    pub(crate) fn submit(group: &'static str, method: &str, label: Message) -> Self {
        Self::input(group, "method", "submit").value(method).label(label)
    }

    /// The password field, for the current password or a new one.
    pub(crate) fn password(autocomplete: &str) -> Self {
        let node = Self::input("password", "password", "password").required();
        node.attribute("autocomplete", autocomplete).label(text::password())
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

    pub(crate) fn hidden(self) -> Self {
        self.attribute("type", "hidden")
    }

    pub(crate) fn name(&self) -> &str {
        self.attributes.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns true if the node exists only for its messages.
    pub(crate) fn is_bare(&self) -> bool {
        let kind = self.attributes.get("type").and_then(Value::as_str);
        self.group == "default" && kind == Some("text") && self.label.is_none()
    }

    pub(crate) fn json(&self) -> Value {
        let messages: Vec<Value> = self.messages.iter().map(Message::json).collect();
        let meta = self.label.as_ref().map_or_else(|| json!({}), |label| json!({"label": label.json()}));
        json!({
            "type": self.kind, "group": self.group, "attributes": self.attributes, "messages": messages,
            "meta": meta,
        })
    }
}
