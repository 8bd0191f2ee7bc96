//! Identity schemas: JSON Schema with Kratos' `ory.sh/kratos` extension.

mod errors;
mod field;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::ui::{Message, Node};
pub(crate) use field::Field;

/// A compiled schema: validates traits and renders their fields.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) document: Value,
    pub(crate) fields: Vec<Field>,
    validator: std::sync::Arc<Validator>,
}

/// The values of an identity's traits that the extension marks.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Marked {
    /// Identifiers by credential type.
    pub(crate) password: Vec<String>,
    pub(crate) code: Vec<String>,
    pub(crate) webauthn: Vec<String>,
    /// `(address, via)`.
    pub(crate) verification: Vec<(String, String)>,
    pub(crate) recovery: Vec<(String, String)>,
    pub(crate) totp_account: Option<String>,
}

impl Schema {
    pub(crate) fn parse(document: Value) -> Result<Self, String> {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&document)
            .map_err(|error| error.to_string())?;
        let fields = field::of_schema(&document);
        Ok(Self { document, fields, validator: std::sync::Arc::new(validator) })
    }

    /// Validates the traits and returns the errors: the dotted name of a field and its message.
    pub(crate) fn check(&self, traits: &Value) -> Vec<(String, Message)> {
        let whole = json!({ "traits": traits });
        let mut found: Vec<_> =
            self.validator.iter_errors(&whole).map(|error| errors::translate(&error)).collect();
        found.sort_by_key(|(rank, ..)| *rank);
        found.into_iter().map(|(_, name, message)| (name, message)).collect()
    }

    /// Validates the traits and returns the errors as one text, as the admin API writes it.
    pub(crate) fn check_in_words(&self, traits: &Value) -> Option<String> {
        let whole = json!({ "traits": traits });
        let lines: Vec<String> =
            self.validator.iter_errors(&whole).map(|error| errors::in_words(&error)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Returns the fields of the traits in the order of the schema, in a group of the form.
    pub(crate) fn nodes(&self, group: &'static str, traits: &Value) -> Vec<Node> {
        self.fields.iter().flat_map(|field| field.nodes(group, traits)).collect()
    }

    /// Returns the traits of a submission: converts text to the type of the schema, and adds missing objects
    /// empty, as the decoder of Kratos 26.2.0 does.
    pub(crate) fn decode(&self, submitted: Option<&Value>, is_text: bool) -> Value {
        let mut traits = match submitted {
            Some(Value::Object(traits)) => traits.clone(),
            // A field of an object's name holds its JSON.
            Some(Value::String(text)) if is_text => serde_json::from_str(text).unwrap_or_default(),
            _ => Map::new(),
        };
        for field in &self.fields {
            field.decode_into(&mut traits, is_text);
        }
        Value::Object(traits)
    }

    /// Returns the marked values of these traits. Identifiers are in lower case.
    pub(crate) fn marked(&self, traits: &Value) -> Marked {
        let mut marked = Marked::default();
        for field in &self.fields {
            for value in field.values(traits) {
                let (lower, extension) = (value.trim().to_lowercase(), &field.extension);
                let add = |list: &mut Vec<String>, wanted: bool| {
                    if wanted && !list.contains(&lower) {
                        list.push(lower.clone());
                    }
                };
                add(&mut marked.password, extension.password);
                add(&mut marked.code, extension.code);
                add(&mut marked.webauthn, extension.webauthn);
                marked.verification.extend(extension.verification.clone().map(|via| (lower.clone(), via)));
                marked.recovery.extend(extension.recovery.clone().map(|via| (lower.clone(), via)));
                if extension.totp_account && marked.totp_account.is_none() {
                    marked.totp_account = Some(value.clone());
                }
            }
        }
        marked
    }

    /// Returns the trait that a single sign-on provider's email address goes into: `email`, or the first of that format.
    pub(crate) fn email_field(&self) -> Option<String> {
        let mut fields = self.fields.iter().filter_map(Field::top_level_email);
        fields
            .find(|name| *name == "email")
            .or_else(|| self.fields.iter().find_map(Field::top_level_email))
            .map(str::to_owned)
    }

    /// Returns the name and title of the identifier, if there is exactly one.
    pub(crate) fn identifier_field(&self) -> Option<&Field> {
        let mut marked = self.fields.iter().filter(|field| field.extension.password || field.extension.code);
        marked.next().filter(|_| marked.next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Schema {
        Schema::parse(crate::config::person()).expect("a schema")
    }

    fn told(traits: &Value) -> Vec<(String, u64)> {
        person().check(traits).into_iter().map(|(name, message)| (name, message.id)).collect()
    }

    #[test]
    fn each_mistake_is_told_to_its_field_with_kratos_id() {
        for (traits, expected) in [
            (json!({"email": "ada@example.org"}), vec![]),
            (json!({}), vec![("traits.email", 4_000_002)]),
            (json!({"email": "x"}), vec![("traits.email", 4_000_040), ("traits.email", 4_000_003)]),
            (json!({"email": "a@b.org", "age": "old"}), vec![("traits.age", 4_000_026)]),
            (json!({"email": "a@b.org", "xx": 1}), vec![("traits", 4_000_001)]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(name, id)| (name.to_owned(), id)).collect();
            assert_eq!(told(&traits), expected, "{traits}");
        }
    }

    /// Kratos 26.2.0 reads a list from the values of its name, and ignores those of its entries.
    #[test]
    fn a_list_is_read_from_the_values_of_its_name() {
        let schema = json!({"properties": {"traits": {"properties": {
            "tags": {"type": "array", "items": {"type": "string"}},
            "ages": {"type": "array", "items": {"type": "integer"}},
        }}}});
        let schema = Schema::parse(schema).expect("a schema");
        for (form, expected) in [
            (json!({"tags": "a", "ages": ["1", "2"]}), json!({"tags": ["a"], "ages": [1, 2]})),
            (json!({"tags": ""}), json!({"tags": [""]})),
            (json!({"tags": {"0": "a"}}), json!({})),
        ] {
            assert_eq!(schema.decode(Some(&form), true), expected, "{form}");
        }
        let names: Vec<String> = schema
            .fields
            .iter()
            .flat_map(|field| field.nodes("profile", &json!({"tags": ["a", "b"]})))
            .map(|node| node.name().to_owned())
            .collect();
        assert_eq!(names, ["traits.tags", "traits.tags.0", "traits.tags.1", "traits.ages"]);
    }

    #[test]
    fn text_becomes_what_the_schema_asks_for() {
        let form = json!({"email": "a@b.org", "age": "12", "newsletter": "true"});
        let traits = person().decode(Some(&form), true);
        assert_eq!(traits, json!({"email": "a@b.org", "age": 12, "newsletter": true, "name": {}}));
    }
}
