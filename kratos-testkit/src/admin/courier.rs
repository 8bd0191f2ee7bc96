//! `/admin/courier/messages`: the mail sent.

use serde_json::{Value, json};

use crate::exchange::Exchange;
use crate::paging;
use crate::wire::{Answer, Problem, Reply, parse_id};
use crate::world::row_time;

/// Lists messages, newest first.
pub(super) fn list(exchange: &mut Exchange<'_>) -> Answer {
    let Exchange { world, call, .. } = exchange;
    let status = call.query("status").filter(|text| !text.is_empty());
    if status.as_deref().is_some_and(|text| !matches!(text, "queued" | "sent" | "processing" | "abandoned")) {
        return Err(Problem::bad_request("Message status is not valid"));
    }
    let recipient = call.query("recipient").filter(|text| !text.is_empty());
    let list = world
        .messages
        .iter()
        .rev()
        .filter(|message| recipient.as_ref().is_none_or(|wanted| message.recipient == *wanted))
        // every message is sent at once
        .filter(|_| status.as_deref().is_none_or(|wanted| wanted == "sent"))
        .map(|message| (message.id.to_string(), message.json()));
    paging::by_token(call, list.collect())
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let id = parse_id(exchange.call.param("id"))?;
    let message =
        exchange.world.messages.iter().find(|message| message.id == id).ok_or_else(Problem::no_row)?;
    let mut shown = message.json();
    let at = row_time(message.created_at);
    let dispatch = json!([{
        "id": uuid::Uuid::new_v4(), "message_id": id, "status": "success", "error": null, "created_at": at,
        "updated_at": at,
    }]);
    if let Value::Object(shown) = &mut shown {
        shown.insert("dispatches".into(), dispatch);
    }
    Ok(Reply::ok(&shown))
}
