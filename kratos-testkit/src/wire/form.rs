//! The submitted form, sent as JSON or as a form.

use serde_json::{Map, Value};

use super::Call;
use crate::ui::{Message, text};

/// The submitted fields; a dotted name of a form becomes nested objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    pub(crate) fields: Map<String, Value>,
    /// Sent as a form: every value is text.
    pub(crate) is_text: bool,
}

impl Form {
    /// Reads the body, or returns the message of Kratos 26.2.0 for an unreadable one.
    pub(crate) fn read(call: &Call) -> Result<Self, Message> {
        if !matches!(call.method, http::Method::POST | http::Method::PUT | http::Method::PATCH) {
            let reason = format!(
                "Unable to decode body because HTTP Request Method was {:?} but only [POST PUT PATCH] are supported.",
                call.method.as_str()
            );
            return Err(text::generic(&reason));
        }
        let kind = call.header("content-type").unwrap_or_default();
        if kind.starts_with("application/json") {
            return match serde_json::from_slice(&call.body) {
                Ok(Value::Object(fields)) => Ok(Self { fields, is_text: false }),
                _ => Err(text::generic("Unable to decode form as JSON.")),
            };
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            let mut fields = Map::new();
            for (name, value) in url::form_urlencoded::parse(&call.body) {
                let path: Vec<&str> = name.split('.').collect();
                put(&mut fields, &path, value.into_owned().into());
            }
            return Ok(Self { fields, is_text: true });
        }
        let reason = format!(
            "HTTP POST Request used unknown HTTP Header \"Content-Type: {kind}\", only [multipart/form-data \
             application/x-www-form-urlencoded application/json] are supported."
        );
        Err(text::generic(&reason))
    }

    /// Returns a field's text, empty if it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns true if a button or checkbox is `true`, in JSON or as text.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.fields.get(name), Some(Value::Bool(true))) || self.text(name) == "true"
    }

    pub(crate) fn method(&self) -> &str {
        self.text("method")
    }
}

/// Sets a value at a path, and adds missing objects.
pub(crate) fn put(fields: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [name] => {
            fields.insert((*name).to_owned(), value);
        }
        [name, rest @ ..] => {
            let inner = fields.entry(*name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
