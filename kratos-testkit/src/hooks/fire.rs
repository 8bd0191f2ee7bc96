//! Calls the web hooks of a flow.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::deliver::Errand;
use super::outcome::{self, Outcome};
use super::payload::Who;
use super::{Mode, Place, Stage, TestHook, payload};
use crate::exchange::Exchange;
use crate::public::step::Stop;
use crate::ui::Message;
use crate::wire::{Problem, Reply};
use crate::world::flow::{Flow, FlowKind};

/// Calls the hooks before a flow.
pub(crate) fn before(exchange: &mut Exchange<'_>, flow: &Flow) -> Result<(), Problem> {
    let hooks = of(exchange, |hook| hook.place == Place::Before(flow.kind));
    if hooks.is_empty() {
        return Ok(());
    }
    let session = match flow.kind {
        FlowKind::Settings => session(exchange),
        _ => None,
    };
    let who = Who { identity: None, session };
    for hook in hooks {
        match call(exchange, &hook, flow, "before", &who) {
            Outcome::Go(None) => {}
            // There is no identity to change: Kratos 26.2.0 dereferences a nil pointer.
            Outcome::Go(Some(_)) => return Err(Problem::new(500, "crashed").crashed()),
            Outcome::Refused(messages) => return Err(in_words(flow, &messages)),
            // Kratos 26.2.0 and 1.3.1 answer a native login with 400
            Outcome::Failed(problem, true) if is_native_login(flow) => return Err(problem.answered_with(400)),
            Outcome::Failed(problem, _) => return Err(problem),
        }
    }
    Ok(())
}

fn is_native_login(flow: &Flow) -> bool {
    flow.kind == FlowKind::Login && !flow.is_browser()
}

/// Kratos has no form yet to show messages in. It looks for that of a login, which is not stored yet (26.2.0 and 1.3.1).
fn in_words(flow: &Flow, messages: &[(String, Message)]) -> Problem {
    if flow.kind == FlowKind::Login {
        return Problem::no_row();
    }
    let count = messages.len();
    let mut text = format!("{count} validation errors occurred:");
    for (number, (pointer, _)) in messages.iter().enumerate() {
        text.push_str(&format!("\n({number}) I[{pointer}] S[] a webhook target returned an error"));
    }
    Problem::new(500, text)
}

/// Calls the hooks after a flow. Returns the changes of the identity, in order.
pub(crate) fn after(
    exchange: &mut Exchange<'_>,
    flow: &mut Flow,
    stage: Stage,
    mut who: Who,
) -> Result<Vec<Value>, Stop> {
    let mut changes = Vec::new();
    for hook in of(exchange, |hook| stage.has(hook, flow.kind)) {
        match call(exchange, &hook, flow, "after", &who) {
            Outcome::Go(None) => {}
            Outcome::Go(Some(change)) => {
                merge(&mut who, &change);
                changes.push(change);
            }
            Outcome::Refused(messages) => return Err(refuse(exchange, flow, messages)),
            Outcome::Failed(problem, has_no_status) => {
                let json = !flow.is_browser() || exchange.call.wants_json();
                let reply = Reply::problem(&problem).code(400);
                return Err(if has_no_status && json { Stop::Reply(reply) } else { Stop::Problem(problem) });
            }
        }
    }
    Ok(changes)
}

/// The next hook sees the identity as the one before changed it.
fn merge(who: &mut Who, change: &Value) {
    if let (Some(Value::Object(identity)), Value::Object(change)) = (&mut who.identity, change) {
        let shown = change.iter().filter(|(name, _)| *name != "metadata_admin");
        identity.extend(shown.map(|(name, value)| (name.clone(), value.clone())));
    }
}

fn refuse(exchange: &mut Exchange<'_>, flow: &mut Flow, messages: Vec<(String, Message)>) -> Stop {
    if flow.kind == FlowKind::Verification {
        return replaced(exchange, flow);
    }
    flow.sheet.reset();
    for (pointer, message) in messages {
        let name = name_of(&pointer);
        if name.is_empty() {
            flow.sheet.messages.push(message);
        } else {
            flow.sheet.tell(&name, message);
        }
    }
    if flow.kind == FlowKind::Recovery {
        flow.state = "choose_method";
        let shown = crate::public::show(exchange, flow, 200);
        return Stop::Reply(shown);
    }
    Stop::Form
}

/// Returns the name of the node at a JSON pointer (Kratos 26.2.0, jsonschemax/pointer.go).
fn name_of(pointer: &str) -> String {
    let Some(path) = pointer.strip_prefix("#/") else { return pointer.to_owned() };
    let part = |part: &str| {
        let part = part.replace("~1", "/").replace("~0", "~");
        percent_decode_str(&part).decode_utf8_lossy().replace('.', "\\.")
    };
    path.split('/').map(part).collect::<Vec<_>>().join(".")
}

/// Kratos 26.2.0 cannot show messages in a verification: it replaces the flow.
fn replaced(exchange: &mut Exchange<'_>, flow: &Flow) -> Stop {
    match crate::public::again(exchange, flow) {
        Ok(id) => Problem::new(410, "self-service flow replaced")
            .with_id("self_service_flow_replaced")
            .reason("An error occured, please retry the flow.")
            .beside("use_flow_id", id.to_string())
            .into(),
        Err(problem) => problem.into(),
    }
}

fn of(exchange: &Exchange<'_>, is_wanted: impl Fn(&TestHook) -> bool) -> Vec<TestHook> {
    exchange.world.config.hooks.iter().filter(|hook| is_wanted(hook)).cloned().collect()
}

/// Calls one hook. The other requests of the server go on meanwhile: a hook may call it.
fn call(exchange: &mut Exchange<'_>, hook: &TestHook, flow: &Flow, time: &str, who: &Who) -> Outcome {
    let event = format!("{}.{time}", flow.kind.as_str());
    let body = payload::of(&exchange.world, exchange.call, &event, flow, who);
    let errand = Errand::new(hook, event, &body);
    if hook.mode == Mode::Ignore {
        if let Some(courier) = exchange.courier {
            courier.send_beside(errand);
        }
        return Outcome::Go(None);
    }
    outcome::of(exchange.send(errand), hook.mode)
}

/// Returns the session of the request.
pub(crate) fn session(exchange: &Exchange<'_>) -> Option<Value> {
    let (session, identity) = exchange.world.signed_in(exchange.call)?;
    Some(exchange.world.whole_session(session, identity))
}
