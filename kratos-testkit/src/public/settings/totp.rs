//! Enrols and removes an authenticator app.

use serde_json::json;

use super::super::step::{Step, refuse_fields};
use super::{finish, privileged};
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    privileged::check(exchange, flow, form)?;
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    let now = exchange.world.now();
    if form.flag("totp_unlink") {
        if let Some(person) = exchange.world.identity_mut(id) {
            person.credentials.remove("totp");
            person.updated_at = now;
        }
        return finish::saved(exchange, flow, None);
    }
    let code = form.text("totp_code");
    let wrong = if code.is_empty() {
        Some(text::missing("totp_code"))
    } else if exchange.world.is_totp(&flow.offered.totp, code) {
        None
    } else {
        Some(text::wrong_totp())
    };
    if let Some(wrong) = wrong {
        return Err(refuse_fields(flow, vec![("totp_code".into(), wrong)]));
    }
    let config = json!({ "secret": flow.offered.totp });
    if let Some(person) = exchange.world.identity_mut(id) {
        person.set_credential("totp", vec![id.to_string()], config, now);
        person.updated_at = now;
    }
    finish::saved(exchange, flow, Some("totp"))
}
