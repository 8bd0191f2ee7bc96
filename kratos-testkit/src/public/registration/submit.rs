//! The submission of a registration.

use super::super::flows;
use super::super::sign_in::Proven;
use super::super::step::{Step, Stop, refuse, refuse_fields};
use super::super::{csrf_check, keys, oidc, return_to};
use super::{already, code, finish, nodes, traits};
use crate::exchange::Exchange;
use crate::ui::{Message, text};
use crate::wire::Reply;
use crate::wire::form::Form;
use crate::world::credential::hash_password;
use crate::world::flow::Flow;
use crate::world::identity::Identity;

pub(super) fn admit(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Result<(), Stop> {
    if exchange.world.signed_in(exchange.call).is_none() {
        return Ok(());
    }
    if !flow.is_browser() || exchange.call.wants_json() {
        return Err(already().into());
    }
    let to = return_to::target(exchange, None);
    Err(Stop::Reply(Reply::see_other(exchange.call, &to)))
}

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let methods = &exchange.world.config.methods;
    let two_steps = !exchange.world.config.one_step;
    let screen = form.text("screen");
    let handler: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step = match form.method() {
        "profile" | "profile:back" if two_steps => profile,
        _ if two_steps && !screen.is_empty() => profile,
        _ if oidc::is_asked(exchange, form) && screen.is_empty() => {
            return oidc::handle(exchange, flow, form);
        }
        _ if keys::is_registration(exchange, form) && screen.is_empty() => keys::register,
        "password" if methods.password => password,
        "code" if methods.passwordless_code => code::handle,
        // Kratos 26.2.0 treats any other method as the first step of two
        method if two_steps && !method.is_empty() => profile,
        _ => return Err(refuse(flow, text::no_strategy(4_010_003, "sign you up with"))),
    };
    csrf_check::check(exchange, flow, form)?;
    handler(exchange, flow, form)
}

/// Moves from the traits to the credentials, or back.
fn profile(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let screen = form.text("screen");
    if screen == "previous" || form.method() == "profile:back" {
        flow.sheet.reset();
        flow.state = "choose_method";
        if let Some(schema) = nodes::schema(exchange) {
            flow.traits = schema.decode(form.fields.get("traits"), form.is_text);
        }
        flow.sheet.nodes = nodes::first(exchange, flow);
        return Err(Stop::Form);
    }
    let traits = traits::read(exchange, flow, form).map_err(|wrong| refuse_fields(flow, wrong))?;
    flow.traits = traits;
    choose(exchange, flow);
    Ok(flows::show(exchange, flow, 400))
}

/// Renders the choice of a method. Kratos 26.2.0 responds 400 although nothing is wrong.
pub(super) fn choose(exchange: &Exchange<'_>, flow: &mut Flow) {
    flow.sheet.reset();
    flow.sheet.nodes = nodes::second(exchange, flow);
    flow.state = "choose_method";
    flow.transient = true;
    let text = "Please choose a credential to authenticate yourself with.";
    flow.sheet.messages.push(Message::info(1_040_009, text));
}

fn password(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let password = form.text("password");
    let before = flow.sheet.clone();
    let traits = traits::read(exchange, flow, form);
    if password.is_empty() {
        return Err(refuse_fields(flow, vec![("password".into(), text::missing("password"))]));
    }
    let traits = traits.map_err(|wrong| refuse_fields(flow, wrong))?;
    let now = exchange.world.now();
    let Some(schema) = nodes::schema(exchange) else { return Err(Stop::Form) };
    let identifiers = schema.marked(&traits).password;
    if let Some(refused) = text::password_policy(password, &identifiers) {
        return Err(refuse_fields(flow, vec![("password".into(), refused)]));
    }
    let mut person = Identity::new(&exchange.world.config.default_schema, schema, traits, now);
    let config = serde_json::json!({"hashed_password": hash_password(password)});
    person.set_credential("password", identifiers, config, now);
    // the next form does not keep the values entered
    flow.sheet = before;
    finish::sign_up(exchange, flow, person, Proven { method: "password", aal: "aal1" })
}
