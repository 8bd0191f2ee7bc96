//! The end of a verification.

use uuid::Uuid;

use super::super::return_to;
use super::nodes;
use crate::exchange::Exchange;
use crate::ui::Message;
use crate::world::flow::Flow;

/// Marks the address as verified.
pub(super) fn pass(exchange: &mut Exchange<'_>, flow: &mut Flow, person: Uuid) {
    let now = exchange.world.now();
    if let (Some(sent), Some(person)) = (&flow.sent, exchange.world.identity_mut(person)) {
        person.verify(&sent.to, now);
    }
    let to = return_to::target(exchange, flow.return_to.as_deref());
    flow.state = "passed_challenge";
    flow.sheet.reset();
    flow.sheet.nodes = nodes::passed(flow, &to);
    flow.action = to;
    flow.sheet.messages.push(Message::success(1_080_002, "You successfully verified your email address."));
}
