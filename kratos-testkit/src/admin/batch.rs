//! `PATCH /admin/identities`: creates many identities; each succeeds or fails alone.

use serde_json::{Map, Value, json};

use super::import;
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};

pub(super) fn create_many(exchange: &mut Exchange<'_>) -> Answer {
    let body: Value =
        serde_json::from_slice(&exchange.call.body).map_err(|_| Problem::new(400, "unexpected EOF"))?;
    let mut done = Vec::new();
    for patch in body.get("identities").and_then(Value::as_array).into_iter().flatten() {
        done.push(create_one(exchange, patch));
    }
    Ok(Reply::ok(&json!({ "identities": done })))
}

/// Returns null for a patch without `create`.
fn create_one(exchange: &mut Exchange<'_>, patch: &Value) -> Value {
    let Some(body) = patch.get("create").and_then(Value::as_object) else { return Value::Null };
    let mut told = Map::new();
    match import::identity(&exchange.world, body) {
        Ok(person) => {
            told.insert("action".into(), "create".into());
            told.insert("identity".into(), json!(person.id));
            exchange.world.identities.push(person);
        }
        Err(problem) => {
            let conflict =
                "Unable to insert or update resource because a resource with that value exists already";
            let problem = if problem.code() == 409 { Problem::new(409, conflict) } else { problem };
            told.insert("action".into(), "error".into());
            told.insert("error".into(), problem.error());
        }
    }
    if let Some(id) = patch.get("patch_id") {
        told.insert("patch_id".into(), id.clone());
    }
    Value::Object(told)
}
