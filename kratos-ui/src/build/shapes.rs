//! What an identity schema says about traits, beyond what Kratos' nodes tell.

use std::collections::{HashMap, HashSet};

use kratos_model::{IdentitySchema, RawJson, UnsupportedReason, flow::ui::UiNode};
use serde_json::Value;

/// The levels of nested objects that are read. Kratos draws any depth; a schema that refers to itself has no end.
const DEPTH: usize = 8;

/// The traits of identity schemas, by the names of their fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct TraitShapes {
    leaves: HashMap<String, TraitShape>,
    /// The objects with named properties.
    objects: HashSet<String>,
    /// The traits whose values a form cannot hold.
    unsupported: HashSet<String>,
    nested_lists: Vec<String>,
    /// The traits of each schema that Kratos draws.
    drawn: Vec<HashSet<String>>,
}

/// The shape of a trait.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TraitShape {
    /// Whether it is a list, whose entries the other fields describe.
    pub(crate) is_list: bool,
    /// The type of an input for it.
    pub(crate) kind: Option<&'static str>,
    /// The only values that it can have, as a form submits them.
    pub(crate) choices: Vec<String>,
    /// Whether it is a boolean that can only be true.
    pub(crate) must_be_true: bool,
    /// Whether users sign in with it.
    pub(crate) is_identifier: bool,
    /// Whether it is a boolean, or a list of them.
    pub(crate) is_boolean: bool,
    /// Whether it is an object.
    pub(crate) is_object: bool,
}

impl TraitShapes {
    /// Adds the traits of a schema. A trait that another schema shapes differently is drawn as Kratos says.
    pub(crate) fn add(&mut self, schema: &RawJson) {
        let root = schema.to_value();
        let unsupported = IdentitySchema::unsupported_in(&root);
        let lists = unsupported.iter().filter(|it| it.reason == UnsupportedReason::NestedInList);
        self.nested_lists.extend(lists.map(|it| it.name.clone()));
        self.unsupported.extend(unsupported.into_iter().map(|unsupported| unsupported.name));
        if let Some(traits) = root.pointer("/properties/traits") {
            let mut own = Self { unsupported: self.unsupported.clone(), ..Self::default() };
            own.walk(&root, traits, "traits", DEPTH);
            let drawn = own.leaves.into_keys().filter(|name| !own.unsupported.contains(name));
            self.drawn.push(drawn.collect());
            self.walk(&root, traits, "traits", DEPTH);
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&TraitShape> {
        self.leaves.get(name)
    }

    /// Returns the traits of the schema that a form is made of: the one of which every trait is drawn.
    pub(crate) fn of_form(&self, nodes: &[UiNode]) -> Option<&HashSet<String>> {
        let names: HashSet<&str> =
            nodes.iter().filter_map(UiNode::input).map(|input| input.name.as_str()).collect();
        let fits = |schema: &&HashSet<String>| schema.iter().all(|name| names.contains(name.as_str()));
        self.drawn.iter().filter(fits).max_by_key(|schema| schema.len())
    }

    /// Returns whether a trait is an object with named properties.
    pub(crate) fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// Returns whether a trait is an object without named properties.
    pub(crate) fn is_open_object(&self, name: &str) -> bool {
        !self.is_object(name) && self.get(name).is_some_and(|shape| shape.is_object)
    }

    /// Returns whether a form holds the values of a trait.
    pub(crate) fn is_supported(&self, name: &str) -> bool {
        self.leaves.contains_key(name) && !self.unsupported.contains(name)
    }

    /// Returns the names of the traits that are numbers, or lists of them.
    pub(crate) fn numbers(&self) -> Vec<String> {
        self.names(|shape| shape.kind == Some("number"))
    }

    /// Returns the names of the traits that are booleans.
    pub(crate) fn booleans(&self) -> Vec<String> {
        self.names(|shape| shape.is_boolean)
    }

    /// Returns the names of the traits that are lists.
    pub(crate) fn lists(&self) -> Vec<String> {
        self.names(|shape| shape.is_list)
    }

    /// Returns the names of the traits that are lists of objects or lists.
    pub(crate) fn nested_lists(&self) -> &[String] {
        &self.nested_lists
    }

    fn names(&self, fits: impl Fn(&TraitShape) -> bool) -> Vec<String> {
        let found = self.leaves.iter().filter(|(_, shape)| fits(shape));
        let mut names: Vec<_> = found.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    }

    fn walk(&mut self, root: &Value, schema: &Value, name: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let schema = resolve(root, schema);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            self.objects.insert(name.to_owned());
            for (property, schema) in properties {
                self.walk(root, schema, &format!("{name}.{property}"), depth);
            }
            return;
        }
        let shape = shape(root, schema);
        let known = self.leaves.entry(name.to_owned()).or_insert_with(|| shape.clone());
        if *known != shape {
            *known = TraitShape::default();
        }
    }
}

fn shape(root: &Value, schema: &Value) -> TraitShape {
    let is = |schema: &Value, name: &str| schema.get("type").and_then(Value::as_str) == Some(name);
    let is_list = is(schema, "array");
    let value = match schema.get("items") {
        Some(items) if is_list => resolve(root, items),
        _ => schema,
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let allowed: Vec<&Value> = match (value.get("const"), value.get("enum").and_then(Value::as_array)) {
        (Some(only), _) => vec![only],
        (None, Some(several)) => several.iter().collect(),
        (None, None) => Vec::new(),
    };
    let is_boolean = is(value, "boolean");
    let choices: Option<Vec<String>> = allowed.iter().map(|value| text(value)).collect();
    let kind = match value.get("format").and_then(Value::as_str) {
        _ if is(value, "number") || is(value, "integer") => Some("number"),
        Some("email") => Some("email"),
        Some("tel") => Some("tel"),
        Some("uri") => Some("url"),
        Some("date") => Some("date"),
        _ => None,
    };
    TraitShape {
        is_list,
        is_identifier: schema.pointer("/ory.sh~1kratos/credentials/password/identifier")
            == Some(&Value::Bool(true)),
        is_boolean,
        is_object: is(schema, "object"),
        kind,
        must_be_true: is_boolean
            && !is_list
            && allowed.first() == Some(&&Value::Bool(true))
            && allowed.len() == 1,
        choices: choices.filter(|_| !is_boolean || is_list).unwrap_or_default(),
    }
}

/// Follows references within the schema.
fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    for _ in 0..DEPTH {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        match target.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shapes(traits: &Value) -> TraitShapes {
        let schema = json!({
            "definitions": {"tag": {"type": "string", "enum": ["a", "b"]}, "self": {"properties": {"x": {"$ref": "#/definitions/self"}}}},
            "properties": {"traits": {"type": "object", "properties": traits}},
        });
        let mut shapes = TraitShapes::default();
        shapes.add(&RawJson::from_value(&schema).unwrap());
        shapes
    }

    #[test]
    fn a_schema_names_lists_choices_and_what_must_be_true() {
        let shapes = shapes(&json!({
            "tags": {"type": "array", "items": {"$ref": "#/definitions/tag"}},
            "ages": {"type": "array", "items": {"type": "integer"}},
            "terms": {"type": "boolean", "const": true},
            "news": {"type": "boolean"},
            "level": {"type": "integer", "enum": [1, 2]},
            "mixed": {"enum": [null, "a"]},
            "nest": {"type": "object", "properties": {"deep": {"properties": {"mail": {"type": "array", "items": {"type": "string", "format": "email"}}}}}},
            "endless": {"$ref": "#/definitions/self"},
        }));
        let shape = |name: &str| shapes.get(&format!("traits.{name}")).unwrap();
        assert!(shape("tags").is_list && shape("tags").choices == ["a", "b"]);
        assert_eq!((shape("ages").is_list, shape("ages").kind), (true, Some("number")));
        assert!(shape("terms").must_be_true && shape("terms").choices.is_empty());
        assert_eq!(*shape("news"), TraitShape { is_boolean: true, ..TraitShape::default() });
        assert_eq!(shape("level").choices, ["1", "2"]);
        assert!(shape("mixed").choices.is_empty());
        assert_eq!((shape("nest.deep.mail").is_list, shape("nest.deep.mail").kind), (true, Some("email")));
        assert!(shapes.get("traits.endless").is_none());
    }

    #[test]
    fn schemas_that_differ_leave_a_trait_as_kratos_draws_it() {
        let mut shapes = shapes(&json!({"a": {"type": "array", "items": {"type": "string"}}}));
        let other = json!({"properties": {"traits": {"properties": {"a": {"type": "string"}, "b": {"type": "array"}}}}});
        shapes.add(&RawJson::from_value(&other).unwrap());
        assert_eq!(shapes.get("traits.a"), Some(&TraitShape::default()));
        assert!(shapes.get("traits.b").unwrap().is_list);
    }
}
