//! `/self-service/errors`: the errors of the error page.

use serde_json::json;
use uuid::Uuid;

use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};
use crate::world::row_time;

/// Stores an error and returns the URL of the error page.
pub(crate) fn forward(exchange: &mut Exchange<'_>, problem: &Problem) -> String {
    let id = Uuid::new_v4();
    let now = exchange.world.now();
    exchange.world.errors.insert(id, (problem.error(), now));
    format!("{}?id={id}", exchange.world.config.page("error"))
}

/// Returns the error of the id. `stub:500` always exists, for building a page.
pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let id = exchange.call.query("id").unwrap_or_default();
    if id == "stub:500" {
        let message = "An internal server error occurred, please contact the system administrator";
        let stub = Problem::new(500, message).reason("This is a stub error.");
        let never = "0001-01-01T00:00:00Z";
        return Ok(Reply::ok(
            &json!({"id": Uuid::new_v4(), "error": stub.error(), "created_at": never, "updated_at": never}),
        ));
    }
    let known = Uuid::parse_str(&id).ok().and_then(|id| exchange.world.errors.get(&id));
    let (error, at) = known.ok_or_else(Problem::no_row)?;
    Ok(Reply::ok(
        &json!({"id": id, "error": error, "created_at": row_time(*at), "updated_at": row_time(*at)}),
    ))
}
