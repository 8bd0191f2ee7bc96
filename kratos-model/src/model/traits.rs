//! Traits that Kratos' forms cannot hold.

use std::fmt;

use serde_json::Value;

use super::IdentitySchema;

/// The levels of nested objects and references that are read. A schema that refers to itself has no end.
const DEPTH: usize = 8;

/// The traits that are named at most.
const MOST: usize = 64;

/// A trait whose values a form cannot hold: Kratos does not draw it, or does not decode what a form posts for it (Kratos 26.2.0,
/// oryx/jsonschemax/keys.go and oryx/decoderx/http.go). Found by [`IdentitySchema::unsupported_traits`].
///
/// A form that is saved without the trait removes it from the identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnsupportedTrait {
    /// The name, as a form's field has it, for example `traits.address`; `traits` for all of them.
    pub name: String,
    /// Why.
    pub reason: UnsupportedReason,
}

/// Why a form cannot hold a trait. `Display` writes it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsupportedReason {
    /// It can only be null.
    Null,
    /// It may have several types.
    Union,
    /// It has no type.
    Untyped,
    /// It is a list of objects or of lists. Kratos sets a missing one to `{}`, so that no form without a script can register a
    /// user or save the profile (26.2.0).
    NestedInList,
    /// It is a list whose entries have no type, or several.
    UntypedList,
    /// It is an object with properties that the schema does not name.
    OpenObject,
}

impl fmt::Display for UnsupportedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "it can only be null",
            Self::Union => "it may have several types",
            Self::Untyped => "it has no type",
            Self::NestedInList => "it is a list of objects or lists, for which Kratos refuses forms",
            Self::UntypedList => "it is a list whose entries have no single type",
            Self::OpenObject => "it may have properties that the schema does not name",
        })
    }
}

impl IdentitySchema {
    /// Returns the traits that a form cannot hold, at most 64. Reads nested objects and references within the schema to a depth of
    /// eight. Costs a walk of the schema.
    ///
    /// An object counts as open if it has no `properties`, or `patternProperties` or `additionalProperties` other than `false`.
    #[must_use]
    pub fn unsupported_traits(&self) -> Vec<UnsupportedTrait> {
        self.schema().map(|schema| Self::unsupported_in(&schema)).unwrap_or_default()
    }

    /// Returns what [`unsupported_traits`](Self::unsupported_traits) returns, for a schema as JSON.
    #[must_use]
    pub fn unsupported_in(schema: &Value) -> Vec<UnsupportedTrait> {
        let mut walk = Walk { root: schema, found: Vec::new() };
        if let Some(traits) = schema.pointer("/properties/traits") {
            walk.object(traits, "traits", DEPTH);
        }
        walk.found
    }
}

struct Walk<'a> {
    root: &'a Value,
    found: Vec<UnsupportedTrait>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, name: &str, reason: UnsupportedReason) {
        let is_new = !self.found.iter().any(|known| known.name == name);
        if is_new && self.found.len() < MOST {
            self.found.push(UnsupportedTrait { name: name.to_owned(), reason });
        }
    }

    fn object(&mut self, schema: &'a Value, name: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let schema = self.resolve(schema);
        let properties = schema.get("properties").and_then(Value::as_object);
        let is_open = |key: &str| schema.get(key).is_some_and(|value| *value != Value::Bool(false));
        let allows_more = is_open("additionalProperties") || is_open("patternProperties");
        if properties.is_none_or(serde_json::Map::is_empty) || allows_more {
            self.add(name, UnsupportedReason::OpenObject);
        }
        for (property, schema) in properties.into_iter().flatten() {
            self.one(schema, &format!("{name}.{property}"), depth);
        }
    }

    fn one(&mut self, schema: &'a Value, name: &str, depth: usize) {
        let schema = self.resolve(schema);
        let types = self.types(schema, DEPTH);
        match types.as_slice() {
            [] => self.add(name, UnsupportedReason::Untyped),
            ["null"] => self.add(name, UnsupportedReason::Null),
            ["object"] => self.object(schema, name, depth),
            ["array"] => {
                if let Some(reason) = self.list(schema) {
                    self.add(name, reason);
                }
            }
            [_] => {}
            _ => self.add(name, UnsupportedReason::Union),
        }
    }

    fn list(&self, schema: &'a Value) -> Option<UnsupportedReason> {
        let mut types = Vec::new();
        let items = match schema.get("items") {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(items) => vec![items],
            None => Vec::new(),
        };
        for item in items {
            types.extend(self.types(self.resolve(item), DEPTH));
        }
        types.dedup();
        match types.as_slice() {
            ["object" | "array"] => Some(UnsupportedReason::NestedInList),
            ["string" | "number" | "integer" | "boolean"] => None,
            _ => Some(UnsupportedReason::UntypedList),
        }
    }

    /// Returns the types that a value may have, as Kratos sees them: of its constant, its own, or those of what it is made of.
    fn types(&self, schema: &'a Value, depth: usize) -> Vec<&'a str> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        match schema.get("const") {
            Some(Value::String(_)) => return vec!["string"],
            Some(Value::Number(_)) => return vec!["number"],
            Some(Value::Bool(_)) => return vec!["boolean"],
            Some(Value::Null) => return vec!["null"],
            Some(Value::Array(_) | Value::Object(_)) => return Vec::new(),
            None => {}
        }
        match schema.get("type") {
            Some(Value::String(one)) => return vec![one],
            Some(Value::Array(several)) => return several.iter().filter_map(Value::as_str).collect(),
            _ => {}
        }
        let mut types = Vec::new();
        for key in ["allOf", "anyOf", "oneOf"] {
            for part in schema.get(key).and_then(Value::as_array).into_iter().flatten() {
                for found in self.types(self.resolve(part), depth) {
                    if !types.contains(&found) {
                        types.push(found);
                    }
                }
            }
        }
        if types.is_empty() && schema.get("properties").is_some() {
            types.push("object");
        }
        types
    }

    /// Follows references within the schema.
    fn resolve(&self, mut schema: &'a Value) -> &'a Value {
        for _ in 0..DEPTH {
            let target =
                schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            match target.and_then(|pointer| self.root.pointer(pointer)) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reasons(traits: &Value) -> Vec<(String, UnsupportedReason)> {
        let schema = json!({"definitions": {"loop": {"type": "object", "properties": {"x": {"$ref": "#/definitions/loop"}}}},
            "properties": {"traits": {"type": "object", "properties": traits}}});
        IdentitySchema::unsupported_in(&schema).into_iter().map(|it| (it.name, it.reason)).collect()
    }

    #[test]
    fn shapes_that_forms_hold_are_not_named() {
        let good = json!({
            "a": {"type": "string", "enum": ["x"]}, "b": {"type": "integer"}, "c": {"type": "boolean", "const": true},
            "d": {"const": "yes"}, "e": {"type": "array", "items": {"type": "number"}},
            "f": {"type": "object", "properties": {"g": {"type": "string"}}, "additionalProperties": false},
            "h": {"allOf": [{"type": "string"}, {"minLength": 2}]}, "i": {"$ref": "#/definitions/loop"},
        });
        assert_eq!(reasons(&good), []);
    }

    #[test]
    fn each_other_shape_is_named_with_its_reason() {
        use UnsupportedReason::*;
        for (shape, reason) in [
            (json!({"type": "null"}), Null),
            (json!({"const": null}), Null),
            (json!({"type": ["string", "null"]}), Union),
            (json!({"oneOf": [{"type": "string"}, {"type": "number"}]}), Union),
            (json!({"enum": ["a", 1]}), Untyped),
            (json!({}), Untyped),
            (json!({"const": {"a": 1}}), Untyped),
            (json!({"type": "array", "items": {"type": "object"}}), NestedInList),
            (json!({"type": "array", "items": {"type": "array"}}), NestedInList),
            (json!({"type": "array"}), UntypedList),
            (json!({"type": "array", "items": [{"type": "string"}, {"type": "number"}]}), UntypedList),
            (json!({"type": "object"}), OpenObject),
            (
                json!({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": true}),
                OpenObject,
            ),
        ] {
            assert_eq!(reasons(&json!({"odd": shape})), [("traits.odd".to_owned(), reason)], "{shape}");
        }
        let nested = json!({"a": {"type": "object", "properties": {"b": {"type": "null"}}}});
        assert_eq!(reasons(&nested), [("traits.a.b".to_owned(), Null)]);
        let many: Value =
            (0..100).map(|index| (format!("t{index}"), json!({}))).collect::<serde_json::Map<_, _>>().into();
        assert_eq!(reasons(&many).len(), MOST);
    }
}
