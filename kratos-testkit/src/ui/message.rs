//! Messages with their ids (Kratos 26.2.0, text/id.go).

use serde_json::{Value, json};

/// A message or label with its id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) text: String,
    kind: &'static str,
    context: Option<Value>,
}

impl Message {
    pub(crate) fn info(id: u64, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), kind: "info", context: None }
    }

    pub(crate) fn error(id: u64, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), kind: "error", context: None }
    }

    pub(crate) fn success(id: u64, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), kind: "success", context: None }
    }

    pub(crate) fn with(mut self, context: Value) -> Self {
        self.context = Some(context);
        self
    }

    pub(crate) fn json(&self) -> Value {
        let mut message = json!({"id": self.id, "text": self.text, "type": self.kind});
        if let (Some(context), Value::Object(message)) = (&self.context, &mut message) {
            message.insert("context".into(), context.clone());
        }
        message
    }
}
