//! Changes an identity as the answer of a parsed hook says.

use serde_json::Value;
use time::OffsetDateTime;

use crate::exchange::Exchange;
use crate::public::step::{Stop, refuse_fields};
use crate::world::flow::Flow;
use crate::world::identity::{Address, Identity};

/// Replaces the fields that the change holds, each as a whole. Empty ones stay as they are; metadata that is `null` is removed
/// (Kratos 26.2.0, selfservice/hook/web_hook.go, `parseWebhookResponse`).
pub(crate) fn change(
    exchange: &Exchange<'_>,
    flow: &mut Flow,
    person: &mut Identity,
    change: &Value,
) -> Result<(), Stop> {
    let now = exchange.world.now();
    let text = |name: &str| change.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let Some(id) = text("schema_id") {
        id.clone_into(&mut person.schema_id);
    }
    if let Some(traits) = change.get("traits").filter(|traits| traits.is_object()) {
        let schema = exchange.world.config.schema(&person.schema_id).cloned();
        let Some(schema) = schema else { return Err(Stop::Form) };
        let wrong = schema.check(traits);
        if !wrong.is_empty() {
            return Err(refuse_fields(flow, wrong));
        }
        person.set_traits(&schema, traits.clone(), now);
    }
    if let Some(state) = text("state") {
        state.clone_into(&mut person.state);
    }
    for (name, place) in
        [("metadata_public", &mut person.metadata_public), ("metadata_admin", &mut person.metadata_admin)]
    {
        if let Some(value) = change.get(name) {
            place.clone_from(value);
        }
    }
    if let Some(external) = change.get("external_id") {
        person.external_id = external.as_str().map(str::to_owned);
    }
    replace(&mut person.verifiable_addresses, change.get("verifiable_addresses"), now);
    replace(&mut person.recovery_addresses, change.get("recovery_addresses"), now);
    Ok(())
}

fn replace(known: &mut Vec<Address>, given: Option<&Value>, now: OffsetDateTime) {
    let given = given.and_then(Value::as_array).filter(|list| !list.is_empty());
    let Some(given) = given else { return };
    let address = |given: &Value| {
        let text = |name: &str| given.get(name).and_then(Value::as_str).unwrap_or_default();
        let same = known.iter().find(|address| address.value == text("value") && address.via == text("via"));
        let mut address = same.cloned().unwrap_or_else(|| Address::new(text("value"), text("via"), now));
        if given.get("verified") == Some(&Value::Bool(true)) {
            address.verified_at = address.verified_at.or(Some(now));
            address.status = "completed";
        }
        address
    };
    *known = given.iter().map(address).collect();
}
