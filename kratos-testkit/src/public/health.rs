//! Whether the server lives.

use serde_json::json;

use crate::exchange::Exchange;
use crate::wire::{Answer, Reply};

pub(super) fn ok(_: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&json!({"status": "ok"})))
}

pub(super) fn version(_: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&json!({"version": "v26.2.0"})))
}
