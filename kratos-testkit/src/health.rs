//! The health endpoints.

use serde_json::json;

use crate::exchange::Exchange;
use crate::wire::{Answer, Reply};

pub(crate) fn is_well(_: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&json!({"status": "ok"})))
}
