//! The shapes of traits that Kratos draws.

use serde_json::{Map, Value, json};

/// A shape: its schema, what a user enters, and what Kratos stores for that.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) schema: Value,
    pub(crate) enter: &'static [&'static str],
    pub(crate) stored: Value,
}

/// The levels of nested objects: 0 is the traits themselves.
pub(crate) const DEPTH: usize = 4;

/// Returns every shape.
pub(crate) fn shapes() -> Vec<Shape> {
    let shape = |name, schema, enter, stored| Shape { name, schema, enter, stored };
    let text = |more: Value| merge(json!({"type": "string"}), more);
    let list = |items: Value| json!({"type": "array", "items": items});
    vec![
        shape("plain", text(json!({})), &["Ada & \"Co\" <x>"], json!("Ada & \"Co\" <x>")),
        shape("titled", text(json!({"title": "A title"})), &["a"], json!("a")),
        shape("short", text(json!({"minLength": 2, "maxLength": 5})), &["abcde"], json!("abcde")),
        shape("pattern", text(json!({"pattern": "[A-Z]{2}"})), &["see AB here"], json!("see AB here")),
        shape("anchored", text(json!({"pattern": "^[A-Z]{2}$"})), &["AB"], json!("AB")),
        shape("mail", text(json!({"format": "email"})), &["b@example.org"], json!("b@example.org")),
        shape(
            "site",
            text(json!({"format": "uri"})),
            &["https://example.org/a?b#c"],
            json!("https://example.org/a?b#c"),
        ),
        shape("day", text(json!({"format": "date"})), &["2026-11-28"], json!("2026-11-28")),
        shape(
            "moment",
            text(json!({"format": "date-time"})),
            &["2026-11-28T09:30:00Z"],
            json!("2026-11-28T09:30:00Z"),
        ),
        shape("clock", text(json!({"format": "time"})), &["09:30:00Z"], json!("09:30:00Z")),
        shape("choice", text(json!({"enum": ["a", "b c"]})), &["b c"], json!("b c")),
        shape("fixed", text(json!({"const": "yes"})), &["yes"], json!("yes")),
        shape("whole", json!({"type": "integer", "minimum": 1}), &["42"], json!(42)),
        shape("level", json!({"type": "integer", "enum": [1, 2]}), &["2"], json!(2)),
        shape("number", json!({"type": "number", "maximum": 9}), &["2.5"], json!(2.5)),
        shape("flag", json!({"type": "boolean"}), &["true"], json!(true)),
        shape("terms", json!({"type": "boolean", "const": true}), &["true"], json!(true)),
        shape("agreed", json!({"type": "boolean", "enum": [true]}), &["true"], json!(true)),
        shape("tags", list(json!({"type": "string"})), &["one", "two, three"], json!(["one", "two, three"])),
        shape(
            "mails",
            list(json!({"type": "string", "format": "email"})),
            &["c@d.org", "e@f.org"],
            json!(["c@d.org", "e@f.org"]),
        ),
        shape("days", list(json!({"type": "string", "enum": ["mon", "tue"]})), &["tue"], json!(["tue"])),
        shape("numbers", list(json!({"type": "number"})), &["1", "2.5"], json!([1, 2.5])),
        shape(
            "several",
            merge(list(json!({"type": "string"})), json!({"minItems": 2, "uniqueItems": true})),
            &["x", "y"],
            json!(["x", "y"]),
        ),
    ]
}

fn merge(mut one: Value, more: Value) -> Value {
    if let (Some(one), Value::Object(more)) = (one.as_object_mut(), more) {
        one.extend(more);
    }
    one
}

/// Returns a schema with each shape at each depth: all of them required, or none. `extra` is optional at the top, and
/// required if `plain` there is `long` (if/then).
pub(crate) fn schema(required: bool) -> Value {
    let mut inner: Option<Value> = None;
    for _ in 0..=DEPTH {
        let shapes = shapes();
        let mut names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
        let mut properties: Map<String, Value> =
            shapes.iter().map(|shape| (shape.name.to_owned(), shape.schema.clone())).collect();
        if let Some(inner) = inner.take() {
            properties.insert("nest".to_owned(), inner);
            names.push("nest");
        }
        let names = if required { names } else { Vec::new() };
        inner = Some(json!({"type": "object", "properties": properties, "required": names}));
    }
    let mut traits = inner.unwrap_or_default();
    traits["properties"]["email"] = json!({
        "type": "string", "format": "email", "title": "E-Mail", "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}},
    });
    traits["properties"]["extra"] = json!({"type": "string"});
    let names = traits["required"].as_array_mut().expect("an array");
    names.push("email".into());
    traits["if"] = json!({"properties": {"plain": {"const": "long"}}, "required": ["plain"]});
    traits["then"] = json!({"required": ["extra"]});
    traits["additionalProperties"] = false.into();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#", "title": "Shapes", "type": "object",
        "properties": {"traits": traits},
    })
}

/// Returns the names of the fields at all depths, with their shapes.
pub(crate) fn fields() -> Vec<(String, Shape)> {
    let depths = (0..=DEPTH).map(|depth| format!("traits.{}", "nest.".repeat(depth)));
    depths
        .flat_map(|prefix| shapes().into_iter().map(move |shape| (format!("{prefix}{}", shape.name), shape)))
        .collect()
}

/// Returns the traits with these fields filled.
pub(crate) fn traits(email: &str, filled: &[(String, Value)]) -> Value {
    let mut traits = json!({ "email": email });
    for (name, value) in filled {
        let mut at = &mut traits;
        for part in name.split('.').skip(1) {
            at = at.as_object_mut().expect("an object").entry(part).or_insert_with(|| json!({}));
        }
        *at = value.clone();
    }
    traits
}
