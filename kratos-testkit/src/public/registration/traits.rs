//! The traits of a submitted registration.

use serde_json::Value;

use super::nodes;
use crate::exchange::Exchange;
use crate::ui::Message;
use crate::wire::form::Form;
use crate::world::flow::Flow;

/// Returns the validated traits; the form keeps the values entered.
pub(in super::super) fn read(
    exchange: &Exchange<'_>,
    flow: &mut Flow,
    form: &Form,
) -> Result<Value, Vec<(String, Message)>> {
    let Some(schema) = nodes::schema(exchange) else { return Ok(Value::Null) };
    let traits = schema.decode(form.fields.get("traits"), form.is_text);
    let kept: Vec<_> = schema.nodes("default", &traits);
    for node in kept {
        if let Some(value) = node.attributes.get("value") {
            flow.sheet.fill(node.name(), value.clone());
        }
    }
    let wrong = schema.check(&traits);
    if wrong.is_empty() { Ok(traits) } else { Err(wrong) }
}
