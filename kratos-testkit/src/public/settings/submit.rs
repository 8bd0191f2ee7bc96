//! The submission of settings.

use super::super::step::{Step, Stop, refuse, refuse_fields};
use super::super::{csrf_check, keys, oidc};
use super::{finish, lookup, park, privileged, totp};
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let methods = &exchange.world.config.methods;
    let is_lookup = ["regenerate", "reveal", "confirm", "disable"]
        .iter()
        .any(|action| form.flag(&format!("lookup_secret_{action}")));
    let handler: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step = match form.method() {
        "" | "oidc" if oidc::is_link_or_unlink(exchange, form) => {
            return oidc::link_or_unlink(exchange, flow, form);
        }
        _ if keys::is_change(exchange, flow, form) => keys::change,
        "profile" => profile,
        "password" if methods.password => password,
        "totp" if methods.totp => totp::handle,
        "lookup_secret" if methods.lookup_secret => lookup::handle,
        // these buttons imply their method
        "" if methods.totp && form.flag("totp_unlink") => totp::handle,
        "" if methods.lookup_secret && is_lookup => lookup::handle,
        _ => {
            flow.sheet.messages.clear();
            flow.sheet.messages.push(text::no_strategy(4_010_004, "update your settings"));
            return Err(Stop::Form);
        }
    };
    // a continued submission was checked when it was first sent
    if form.fields.contains_key("csrf_token")
        || !flow.is_browser()
        || exchange.call.method == http::Method::POST
    {
        csrf_check::check(exchange, flow, form)?;
    }
    exchange.unchanged = flow.identity.and_then(|id| exchange.world.identity(id)).cloned();
    handler(exchange, flow, form)
}

/// Changes traits. Addresses and identifiers require a privileged session.
fn profile(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let world = &exchange.world;
    let person = flow.identity.and_then(|id| world.identity(id)).ok_or_else(Problem::no_row)?;
    let Some(schema) = world.config.schema(&person.schema_id).cloned() else { return Err(Stop::Form) };
    let (id, before) = (person.id, person.traits.clone());
    let traits = schema.decode(form.fields.get("traits"), form.is_text);
    for node in schema.nodes("profile", &traits) {
        if let Some(known) = flow.sheet.nodes.iter_mut().find(|known| known.name() == node.name()) {
            known.attributes = node.attributes;
        }
    }
    let wrong = schema.check(&traits);
    if !wrong.is_empty() {
        // Kratos 26.2.0 keeps the messages above the form
        let said = flow.sheet.messages.clone();
        let stop = refuse_fields(flow, wrong);
        flow.sheet.messages = said;
        return Err(stop);
    }
    if schema.marked(&traits) != schema.marked(&before) {
        privileged::check(exchange, flow, form)?;
    }
    let now = exchange.world.now();
    let mut changed = exchange.world.identity(id).cloned().ok_or_else(Problem::no_row)?;
    changed.set_traits(&schema, traits, now);
    // Kratos 26.2.0 drops the time of the last change of state
    changed.state_changed_at = None;
    if let Some(reply) = park::park(exchange, flow, form, &changed)? {
        return Ok(reply);
    }
    if exchange.world.conflicts(&changed) {
        return Err(refuse(flow, text::duplicate()));
    }
    if let Some(person) = exchange.world.identity_mut(id) {
        *person = changed;
    }
    finish::saved(exchange, flow, None)
}

fn password(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    privileged::check(exchange, flow, form)?;
    let password = form.text("password");
    let world = &exchange.world;
    let person = flow.identity.and_then(|id| world.identity(id)).ok_or_else(Problem::no_row)?;
    let id = person.id;
    let schema = world.config.schema(&person.schema_id);
    let identifiers = schema.map(|schema| schema.marked(&person.traits).password).unwrap_or_default();
    let refused = if password.is_empty() {
        Some(text::missing("password"))
    } else {
        text::password_policy(password, &identifiers)
    };
    if let Some(refused) = refused {
        return Err(refuse_fields(flow, vec![("password".into(), refused)]));
    }
    let now = exchange.world.now();
    if let Some(person) = exchange.world.identity_mut(id) {
        person.set_password(password, identifiers, now);
        person.updated_at = now;
    }
    finish::saved(exchange, flow, None)
}
