//! Asks whether a password of an imported identity is right.

use serde_json::{Value, json};

use super::Place;
use super::deliver::{Delivered, Errand};
use crate::exchange::Exchange;
use crate::wire::Problem;

/// Returns whether the password is right. An error is Kratos' answer to a hook that fails or is missing.
pub(crate) fn migrate(
    exchange: &mut Exchange<'_>,
    identifier: &str,
    password: &str,
) -> Result<bool, Problem> {
    let hook = exchange.world.config.hooks.iter().find(|hook| hook.place == Place::Migration).cloned();
    let Some(hook) = hook else { return Err(not_enabled()) };
    let body = json!({"identifier": identifier, "password": password});
    let errand = Errand::new(&hook, "password_migration".into(), &body);
    match exchange.send(errand) {
        Delivered::Answer { status: 200, body } => Ok(is_match(&body)),
        Delivered::Answer { status: 403, .. } => Ok(false),
        Delivered::Answer { status, .. } => {
            let message = format!("password migration hook failed with status code {status}");
            let reason = "A third-party upstream service responded improperly. Please try again later.";
            Err(Problem::new(502, message).reason(reason))
        }
        Delivered::TimedOut | Delivered::GaveUp { .. } => {
            let reason = "A third-party upstream service could not be reached. Please try again later.";
            Err(Problem::new(502, "calling the password migration hook failed").reason(reason))
        }
    }
}

/// Kratos reads 1 KiB.
fn is_match(body: &[u8]) -> bool {
    let read = body.get(..1024).unwrap_or(body);
    serde_json::from_slice::<Value>(read)
        .is_ok_and(|answer| answer.get("status").is_some_and(|it| it == "password_match"))
}

fn not_enabled() -> Problem {
    let reason = "Password migration hook is not enabled but password migration is requested.";
    Problem::new(500, "An internal server error occurred, please contact the system administrator")
        .reason(reason)
}
