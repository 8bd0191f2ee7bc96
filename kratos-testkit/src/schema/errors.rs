//! Validation errors as Kratos' messages (Kratos 26.2.0, text/message_validation.go).

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::{Value, json};

use crate::ui::{Message, text};

/// The rank of an error among those of its field, the field's dotted name and the message.
pub(super) fn translate(error: &ValidationError<'_>) -> (u8, String, Message) {
    let mut name = dotted(error);
    let value = error.instance();
    let length = || value.as_str().map_or(0, |text| text.chars().count());
    let at = |id: u64, words: &str, key: &str, limit: &Value| {
        let shown = format!("{words} {limit} but found {value}");
        Message::error(id, shown).with(json!({ key: limit, "actual": value.as_ref() }))
    };
    let (rank, message) = match error.kind() {
        Kind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            name = format!("{name}.{property}");
            (0, text::missing(property))
        }
        Kind::Format { format } if format == "email" => (1, text::email_format(value)),
        Kind::Format { format } => (1, text::generic(&format!("{value} is not valid {format:?}"))),
        Kind::MinLength { limit } => {
            let text = format!("length must be >= {limit}, but got {}", length());
            (2, Message::error(4_000_003, text).with(json!({"actual_length": length(), "min_length": limit})))
        }
        Kind::MaxLength { limit } => {
            let text = format!("length must be <= {limit}, but got {}", length());
            (2, Message::error(4_000_017, text).with(json!({"actual_length": length(), "max_length": limit})))
        }
        Kind::Pattern { pattern } => {
            let text = format!("does not match pattern {pattern:?}");
            (3, Message::error(4_000_004, text).with(json!({ "pattern": pattern })))
        }
        Kind::Minimum { limit } => (4, at(4_000_018, "must be >=", "minimum", limit)),
        Kind::ExclusiveMinimum { limit } => (4, at(4_000_019, "must be >", "minimum", limit)),
        Kind::Maximum { limit } => (4, at(4_000_020, "must be <=", "maximum", limit)),
        Kind::ExclusiveMaximum { limit } => (4, at(4_000_021, "must be <", "maximum", limit)),
        Kind::Type { kind } => {
            let (allowed, actual) = (types(kind), type_of(value));
            let text = format!("expected {}, but got {actual}", allowed.join(" or "));
            (
                0,
                Message::error(4_000_026, text)
                    .with(json!({"allowed_types": allowed, "actual_type": actual})),
            )
        }
        Kind::Constant { expected_value } => {
            let text = format!("must be equal to constant {expected_value}");
            (5, Message::error(4_000_029, text).with(json!({"expected": expected_value.as_ref()})))
        }
        _ => (5, text::generic(&generic(error))),
    };
    (rank, name, message)
}

/// Returns the text of the admin API, which names the place in instance and schema.
pub(super) fn in_words(error: &ValidationError<'_>) -> String {
    let (instance, schema) = (error.instance_path(), error.schema_path());
    let value = error.instance();
    let words = match error.kind() {
        Kind::Required { property } => format!("missing properties: {property}"),
        Kind::Format { format } => format!("{value} is not valid {format:?}"),
        _ => translate(error).2.text,
    };
    format!("I[#{instance}] S[#{schema}] {words}")
}

fn generic(error: &ValidationError<'_>) -> String {
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let names: Vec<String> = unexpected.iter().map(|name| format!("{name:?}")).collect();
            format!("additionalProperties {} not allowed", names.join(", "))
        }
        _ => error.to_string(),
    }
}

fn dotted(error: &ValidationError<'_>) -> String {
    error.instance_path().as_str().trim_start_matches('/').replace('/', ".")
}

fn types(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(many) => many.iter().map(|one| one.to_string()).collect(),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
