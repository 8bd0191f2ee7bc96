//! One trait of a schema and its form field.

use serde_json::{Map, Value};

use crate::ui::{Node, text};

/// A leaf of the traits.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The path under `traits`.
    path: Vec<String>,
    kind: String,
    /// The type of a list's entries.
    items: String,
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
        if kind == "object" && schema.get("properties").is_some() {
            collect(schema, &path, fields);
            continue;
        }
        let marks = schema.get("ory.sh/kratos").or_else(|| schema.pointer("/items/ory.sh~1kratos"));
        fields.push(Field {
            path,
            kind,
            items: schema.pointer("/items/type").and_then(Value::as_str).unwrap_or_default().to_owned(),
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

    /// Returns the name of an email address that is directly below the traits.
    pub(super) fn top_level_email(&self) -> Option<&str> {
        let is_email = self.format == "email" && self.kind == "string";
        self.path.first().filter(|_| is_email && self.path.len() == 1).map(String::as_str)
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

    /// Returns the nodes of the field: its own, and one for each entry of a list, which has no label (Kratos 26.2.0,
    /// ui/container/container.go).
    pub(super) fn nodes(&self, group: &'static str, traits: &Value) -> Vec<Node> {
        if self.is_open() {
            return Vec::new();
        }
        let mut nodes = vec![self.node(group, traits)];
        if self.kind == "array" {
            let kind = match self.items.as_str() {
                "boolean" => "checkbox",
                "number" | "integer" => "number",
                _ => "text",
            };
            let entries = self.value(traits).and_then(Value::as_array).into_iter().flatten().enumerate();
            nodes.extend(entries.map(|(index, entry)| {
                Node::input(group, &format!("{}.{index}", self.name()), kind).value(entry.clone())
            }));
        }
        nodes
    }

    /// Returns whether the field is an object without named properties, which has no node.
    fn is_open(&self) -> bool {
        self.kind == "object"
    }

    fn node(&self, group: &'static str, traits: &Value) -> Node {
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
        if let Some(value) = self.value(traits).filter(|value| !value.is_null() && !value.is_array()) {
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
        if self.kind == "array" {
            let values = match at.get_mut(leaf).map(Value::take) {
                Some(Value::Array(values)) => values,
                Some(text @ Value::String(_)) => vec![text],
                // Names of entries are unknown.
                _ if matches!(self.items.as_str(), "object" | "array") => {
                    // A fault of Kratos 26.2.0 (oryx/jsonschemax/keys.go): such a list counts as an object.
                    at.insert(leaf.clone(), Value::Object(Map::new()));
                    return;
                }
                _ => {
                    at.shift_remove(leaf);
                    return;
                }
            };
            let entry = |value: Value| match value.as_str() {
                Some(text) => decode(&self.items, text).unwrap_or_else(|| text.into()),
                None => value,
            };
            at.insert(leaf.clone(), values.into_iter().map(entry).collect());
            return;
        }
        // The last value of a checkbox counts, and of other fields the first.
        if let Some(Value::Array(values)) = at.get(leaf) {
            let one = if self.kind == "boolean" { values.last() } else { values.first() };
            let one = one.cloned().unwrap_or_default();
            at.insert(leaf.clone(), one);
        }
        let Some(Value::String(text)) = at.get(leaf) else { return };
        let decoded = match self.kind.as_str() {
            // an empty form field has no value
            "number" | "integer" | "boolean" if text.is_empty() => None,
            _ if text.is_empty() && !self.required => None,
            kind => match decode(kind, text) {
                Some(value) => Some(value),
                None => return,
            },
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

/// Converts a text to a type of the schema. `None` for other types.
fn decode(kind: &str, text: &str) -> Option<Value> {
    match kind {
        "number" | "integer" => Some(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
        "object" => serde_json::from_str(text).ok(),
        "boolean" => Some(match text {
            "true" | "on" => true.into(),
            "false" => false.into(),
            other => other.into(),
        }),
        _ => None,
    }
}
