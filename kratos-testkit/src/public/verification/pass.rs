//! The end of a verification.

use uuid::Uuid;

use super::super::step::Stop;
use super::super::{oauth2, return_to, sign_in};
use super::nodes;
use crate::exchange::Exchange;
use crate::hooks::{self, Stage, Who};
use crate::ui::Message;
use crate::wire::Reply;
use crate::world::flow::Flow;

/// Marks the address as verified. Stops with a redirect to the provider where an OAuth2 login goes on, unless the caller reads
/// the flow as JSON (Kratos 26.2.0, selfservice/flow/verification/handler.go).
pub(super) fn pass(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid) -> Result<(), Stop> {
    let now = exchange.world.now();
    if let (Some(sent), Some(person)) = (&flow.sent, exchange.world.identity_mut(person)) {
        person.verify(&sent.to, now);
    }
    let identity = exchange.world.identity(person).map(|person| exchange.world.public_identity(person));
    let login = flow.login_after.take();
    let to = match &login {
        Some((challenge, session)) => oauth2::accept(exchange, challenge, *session)?,
        None => return_to::target(exchange, flow.return_to.as_deref()),
    };
    flow.state = "passed_challenge";
    hooks::after(exchange, flow, Stage::Once, Who { identity, session: None })?;
    flow.sheet.reset();
    flow.sheet.nodes = nodes::passed(flow, &to);
    flow.action.clone_from(&to);
    flow.sheet.messages.push(Message::success(1_080_002, "You successfully verified your email address."));
    if let Some((_, session)) = login {
        sign_in::hand_over(exchange, session, false);
        if !exchange.call.wants_json() {
            exchange.world.flows.insert(flow.id, flow.clone());
            return Err(Stop::Reply(Reply::see_other(exchange.call, &to)));
        }
    }
    Ok(())
}
