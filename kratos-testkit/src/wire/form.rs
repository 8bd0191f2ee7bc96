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
    /// Adds the provider of the query, which Kratos reads beside the body.
    pub(crate) fn add_query(&mut self, call: &Call) {
        for name in ["provider", "method", "link", "unlink"] {
            if let Some(value) = call.query(name).filter(|_| !self.fields.contains_key(name)) {
                self.fields.insert(name.to_owned(), value.into());
            }
        }
    }

    /// Reads the body, or returns the message of Kratos 26.2.0 for an unreadable one.
    pub(crate) fn read(call: &Call) -> Result<Self, Message> {
        // a link starts a sign-on
        if call.method == http::Method::GET && call.query("provider").is_some() {
            return Ok(Self { fields: Map::new(), is_text: true });
        }
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
                let value = Value::String(value.into_owned());
                match at(&mut fields, &path).filter(|_| name.starts_with("traits.")) {
                    // The schema decides whether it is a list.
                    Some(Value::Array(values)) => values.push(value),
                    Some(first @ Value::String(_)) => *first = Value::Array(vec![first.take(), value]),
                    _ => put(&mut fields, &path, value),
                }
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

/// Returns the value at a path.
fn at<'a>(fields: &'a mut Map<String, Value>, path: &[&str]) -> Option<&'a mut Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(fields.get_mut(*first)?, |value, name| value.get_mut(*name))
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
