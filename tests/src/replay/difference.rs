//! Finds the first difference of two JSON values.

use serde_json::Value;

/// Returns the first difference as a JSON pointer with both values, or `None` if they are equal.
#[must_use]
pub fn difference(was: &Value, is: &Value) -> Option<String> {
    fn walk(place: &str, was: &Value, is: &Value) -> Option<String> {
        if was == is {
            return None;
        }
        let missing = Value::String("(nothing)".to_owned());
        match (was, is) {
            (Value::Object(left), Value::Object(right)) => left.keys().chain(right.keys()).find_map(|name| {
                let sides = (left.get(name).unwrap_or(&missing), right.get(name).unwrap_or(&missing));
                walk(&format!("{place}/{name}"), sides.0, sides.1)
            }),
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                let pairs = left.iter().zip(right).enumerate();
                pairs.into_iter().find_map(|(index, (was, is))| walk(&format!("{place}/{index}"), was, is))
            }
            _ => Some(format!("{place}: was {was}, is {is}")),
        }
    }
    walk("", was, is)
}
