//! One trait of a schema and its form field.

use serde_json::{Map, Value};

use crate::ui::{Node, text};

/// A leaf of the traits.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The path under `traits`.
    path: Vec<String>,
    kind: String,
    format: String,
    title: Option<String>,
    required: bool,
    pattern: Option<String>,
    max_length: Option<u64>,
    pub(crate) extension: Extension,
}

/// The marks of the `ory.sh/kratos` extension on a trait.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extension {
    pub(crate) password: bool,
    pub(crate) code: bool,
    pub(crate) webauthn: bool,
    pub(crate) totp_account: bool,
    pub(crate) verification: Option<String>,
    pub(crate) recovery: Option<String>,
}

/// Returns every leaf of the schema's traits, in the order of the schema.
pub(super) fn of_schema(document: &Value) -> Vec<Field> {
    let mut fields = Vec::new();
    collect(document.pointer("/properties/traits").unwrap_or(&Value::Null), &[], &mut fields);
    fields
}

fn collect(object: &Value, path: &[String], fields: &mut Vec<Field>) {
    let Some(properties) = object.get("properties").and_then(Value::as_object) else { return };
    let required: Vec<&str> = object
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    for (name, schema) in properties {
        let path = [path, std::slice::from_ref(name)].concat();
        let word = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
        let kind = word("type").unwrap_or_default();
        if kind == "object" {
            collect(schema, &path, fields);
            continue;
        }
        let marks = schema.get("ory.sh/kratos").or_else(|| schema.pointer("/items/ory.sh~1kratos"));
        fields.push(Field {
            path,
            kind,
            format: word("format").unwrap_or_default(),
            title: word("title"),
            required: required.contains(&name.as_str()),
            pattern: word("pattern"),
            max_length: schema.get("maxLength").and_then(Value::as_u64),
            extension: marks.map(Extension::read).unwrap_or_default(),
        });
    }
}

impl Extension {
    fn read(marks: &Value) -> Self {
        let credential = |kind: &str| {
            marks
                .pointer(&format!("/credentials/{kind}/identifier"))
                .and_then(Value::as_bool)
                .unwrap_or_default()
        };
        let via =
            |what: &str| marks.pointer(&format!("/{what}/via")).and_then(Value::as_str).map(str::to_owned);
        let totp = marks.pointer("/credentials/totp/account_name").and_then(Value::as_bool);
        Self {
            password: credential("password"),
            code: credential("code"),
            webauthn: credential("webauthn"),
            totp_account: totp.unwrap_or_default(),
            verification: via("verification"),
            recovery: via("recovery"),
        }
    }
}

impl Field {
    /// Returns the name of the form field.
    pub(crate) fn name(&self) -> String {
        format!("traits.{}", self.path.join("."))
    }

    pub(crate) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    fn value<'a>(&self, traits: &'a Value) -> Option<&'a Value> {
        self.path.iter().try_fold(traits, |at, name| at.get(name))
    }

    /// Returns the texts of this field: one, or those of a list.
    pub(super) fn values(&self, traits: &Value) -> Vec<String> {
        match self.value(traits) {
            Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn node(&self, group: &'static str, traits: &Value) -> Node {
        let (kind, autocomplete) = match (self.kind.as_str(), self.format.as_str()) {
            ("boolean", _) => ("checkbox", None),
            ("number" | "integer", _) => ("number", None),
            (_, "email") => ("email", Some("email")),
            (_, "tel") => ("tel", Some("tel")),
            (_, "uri") => ("url", Some("url")),
            (_, "date") => ("date", None),
            (_, "date-time") => ("datetime-local", None),
            _ => ("text", None),
        };
        let name = self.name();
        let mut node = Node::input(group, &name, kind);
        if let Some(value) = self.value(traits).filter(|value| !value.is_null()) {
            node = node.value(value.clone());
        }
        if self.required {
            node = node.required();
        }
        if let Some(autocomplete) = autocomplete {
            node = node.attribute("autocomplete", autocomplete);
        }
        if let Some(pattern) = &self.pattern {
            node = node.attribute("pattern", pattern.as_str());
        }
        if let Some(most) = self.max_length {
            node = node.attribute("maxlength", most);
        }
        match &self.title {
            Some(title) => node.label(text::trait_label(&name, title)),
            None => node,
        }
    }

    pub(super) fn decode_into(&self, traits: &mut Map<String, Value>, is_text: bool) {
        let Some((leaf, parents)) = self.path.split_last() else { return };
        let mut at = traits;
        for parent in parents {
            let inner = at.entry(parent.as_str()).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(inner) = inner else { return };
            at = inner;
        }
        if !is_text {
            return;
        }
        let Some(Value::String(text)) = at.get(leaf) else { return };
        let decoded = match self.kind.as_str() {
            // an empty form field has no value
            "number" | "integer" | "boolean" if text.is_empty() => None,
            _ if text.is_empty() && !self.required => None,
            "number" | "integer" => Some(serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())),
            "boolean" => Some(match text.as_str() {
                "true" | "on" => true.into(),
                "false" => false.into(),
                other => other.into(),
            }),
            _ => return,
        };
        match decoded {
            Some(value) => {
                at.insert(leaf.clone(), value);
            }
            None => {
                at.shift_remove(leaf);
            }
        }
    }
}
