//! The values of a message.

use kratos_model::{Timestamp, flow::ui::UiText};
use serde_json::{Map, Value};

/// A value of a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    Text(String),
    Whole(i64),
    Number(f64),
    Time(Timestamp),
    List(Vec<String>),
}

/// Returns the values of a message by name: those of its context and those that only its English text has.
pub(super) fn values(id: i64, text: &UiText) -> Vec<(String, Given)> {
    let context: Map<String, Value> =
        text.context.as_ref().and_then(|context| context.parse().ok()).unwrap_or_default();
    let mut values: Vec<_> = context
        .into_iter()
        .filter_map(|(name, value)| {
            let given = given(&name, value)?;
            Some((snake_case(&name), given))
        })
        .collect();
    for (name, given) in from_english(id, text.text.as_str()) {
        if !values.iter().any(|(known, _)| known == name) {
            values.push((name.to_owned(), given));
        }
    }
    values
}

fn given(name: &str, value: Value) -> Option<Given> {
    Some(match value {
        Value::String(time) if name.ends_with("_at") => match serde_json::from_value(Value::String(time)) {
            Ok(time) => Given::Time(time),
            Err(_) => return None,
        },
        Value::String(text) => Given::Text(text),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Given::Whole(whole),
            None => Given::Number(number.as_f64()?),
        },
        Value::Bool(yes) => Given::Text(yes.to_string()),
        Value::Array(items) => Given::List(
            items.into_iter().filter_map(|item| item.as_str().map(str::to_owned)).take(MOST_ITEMS).collect(),
        ),
        Value::Null | Value::Object(_) => return None,
    })
}

/// The items of a list that a message names.
const MOST_ITEMS: usize = 32;

/// `duplicateIdentifier` → `duplicate_identifier`: releases before 1.3 write some names so.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Reads the values that releases have in the English text alone (Kratos 0.13 to 1.0, schema/errors.go; the minutes: all).
fn from_english(id: i64, english: &str) -> Vec<(&'static str, Given)> {
    let names: &[&'static str] = match id {
        1_060_001 => &["minutes"],
        4_000_003 => &["min_length", "actual_length"],
        4_000_017 => &["max_length", "actual_length"],
        4_000_018 | 4_000_019 => &["minimum", "actual"],
        4_000_020 | 4_000_021 => &["maximum", "actual"],
        4_000_022 => &["actual", "base"],
        4_000_023 => &["max_items", "actual_items"],
        4_000_024 => &["min_items", "actual_items"],
        4_000_026 => return types(english),
        _ => return Vec::new(),
    };
    let numbers = english.split_whitespace().filter_map(|word| {
        let word = word.trim_end_matches([',', '.']);
        if let Ok(whole) = word.parse::<i64>() {
            return Some(Given::Whole(whole));
        }
        let number = word.parse::<f64>().ok().filter(|number| number.is_finite())?;
        // “within the next 14.98 minutes”.
        #[allow(clippy::cast_possible_truncation, reason = "saturates")]
        Some(if id == 1_060_001 { Given::Whole(number.ceil() as i64) } else { Given::Number(number) })
    });
    names.iter().copied().zip(numbers).collect()
}

/// “expected string or null, but got number”.
fn types(english: &str) -> Vec<(&'static str, Given)> {
    let expected = english.strip_prefix("expected ").and_then(|rest| rest.split_once(", but got "));
    let Some((allowed, _)) = expected else { return Vec::new() };
    let allowed = allowed.split(" or ").take(MOST_ITEMS).map(str::to_owned).collect();
    vec![("allowed_types", Given::List(allowed))]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(id: i64, english: &str, context: &Value, name: &str) -> Option<Given> {
        let text: UiText =
            serde_json::from_value(json!({ "id": id, "text": english, "context": context })).unwrap();
        values(id, &text).into_iter().find(|(known, _)| known == name).map(|(_, given)| given)
    }

    #[test]
    fn values_come_from_the_context_or_the_english_text() {
        let none = json!({});
        assert_eq!(
            value(1_060_001, "… within the next 14.98 minutes.", &none, "minutes"),
            Some(Given::Whole(15))
        );
        assert_eq!(
            value(4_000_003, "length must be >= 8, but got 3", &none, "min_length"),
            Some(Given::Whole(8))
        );
        assert_eq!(
            value(4_000_003, "x >= 1", &json!({"min_length": 6}), "min_length"),
            Some(Given::Whole(6))
        );
        assert_eq!(
            value(4_000_018, "must be >= 1.5 but found 1", &none, "minimum"),
            Some(Given::Number(1.5))
        );
        assert_eq!(value(4_000_022, "7 not multipleOf 2", &none, "base"), Some(Given::Whole(2)));
        let types = Given::List(vec!["string".into(), "null".into()]);
        assert_eq!(
            value(4_000_026, "expected string or null, but got number", &none, "allowed_types"),
            Some(types)
        );
        let camel = json!({"duplicateIdentifier": "a@b"});
        assert_eq!(value(1_010_016, "", &camel, "duplicate_identifier"), Some(Given::Text("a@b".into())));
        assert_eq!(value(1_050_014, "", &json!({"used_at": "yesterday"}), "used_at"), None);
        assert_eq!(value(4_000_003, "", &json!(7), "min_length"), None);
    }
}
