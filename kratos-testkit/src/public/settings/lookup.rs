//! Backup codes: generate, confirm, reveal and remove.

use serde_json::{Value, json};

use super::super::flows;
use super::super::step::{Step, refuse};
use super::{finish, nodes, privileged};
use crate::exchange::Exchange;
use crate::ui::{Node, text};
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;
use crate::world::secret;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    privileged::check(exchange, flow, form)?;
    if form.flag("lookup_secret_confirm") {
        return confirm(exchange, flow);
    }
    if form.flag("lookup_secret_disable") {
        let now = exchange.world.now();
        if let Some(person) = flow.identity.and_then(|id| exchange.world.identity_mut(id)) {
            person.credentials.remove("lookup_secret");
            person.updated_at = now;
        }
        return finish::saved(exchange, flow, None);
    }
    if form.flag("lookup_secret_reveal") {
        let known = flow.identity.and_then(|id| exchange.world.identity(id));
        let codes = known.and_then(|person| person.credentials.get("lookup_secret"));
        let codes = codes.and_then(|known| known.config.get("recovery_codes")?.as_array().cloned());
        let shown = vec![nodes::codes(&codes.unwrap_or_default()), nodes::disable(), nodes::regenerate()];
        return Ok(instead(exchange, flow, shown));
    }
    if form.flag("lookup_secret_regenerate") {
        flow.offered.lookup = secret::backup_codes();
        let shown = vec![nodes::codes(&fresh(flow)), nodes::confirm()];
        return Ok(instead(exchange, flow, shown));
    }
    Err(refuse(flow, text::no_strategy(4_010_004, "update your settings")))
}

/// Enrols the codes.
fn confirm(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Step {
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    if flow.offered.lookup.is_empty() {
        return Err(refuse(flow, text::generic("No backup codes were generated to be confirmed.")));
    }
    let (now, config) = (exchange.world.now(), json!({ "recovery_codes": fresh(flow) }));
    if let Some(person) = exchange.world.identity_mut(id) {
        person.set_credential("lookup_secret", vec![id.to_string()], config, now);
        person.updated_at = now;
    }
    finish::saved(exchange, flow, Some("lookup_secret"))
}

fn fresh(flow: &Flow) -> Vec<Value> {
    flow.offered.lookup.iter().map(|code| json!({ "code": code })).collect()
}

/// Replaces the group's nodes, at the end of the form as in Kratos 26.2.0.
fn instead(exchange: &Exchange<'_>, flow: &mut Flow, shown: Vec<Node>) -> crate::wire::Reply {
    flow.sheet.reset();
    flow.sheet.nodes.retain(|node| node.group != "lookup_secret");
    flow.sheet.nodes.extend(shown);
    flow.transient = true;
    flows::show(exchange, flow, 200)
}
