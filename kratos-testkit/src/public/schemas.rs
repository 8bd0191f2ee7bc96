//! `/schemas`: the identity schemas, by their id or its base64url.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::exchange::Exchange;
use crate::paging::{self, Links};
use crate::wire::{Answer, Problem, Reply};

pub(super) fn list(exchange: &mut Exchange<'_>) -> Answer {
    let schemas = &exchange.world.config.schemas;
    let all: Vec<Value> =
        schemas.iter().map(|(id, schema)| json!({"id": id, "schema": schema.document})).collect();
    Ok(paging::by_number(exchange.call, all, Links::NumberAndToken, 0))
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let id = exchange.call.param("id");
    let decoded = URL_SAFE_NO_PAD.decode(id).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let schemas = &exchange.world.config.schemas;
    let known = schemas.get(id).or_else(|| schemas.get(decoded.as_deref()?));
    let schema =
        known.ok_or_else(|| Problem::not_found(format!("Identity schema `{id}` could not be found.")))?;
    Ok(Reply::ok(&schema.document))
}
