//! `/self-service/registration`: signs up in one step or two.

mod code;
mod finish;
mod nodes;
mod submit;
mod traits;

pub(crate) use finish::send_verification;

use crate::exchange::Exchange;
use crate::ui::Sheet;
use crate::wire::{Answer, Problem};
use crate::world::flow::{Flow, FlowKind, Transport};

use super::flows::{self, Submission};

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Browser);
    flows::begun(exchange, flow, Transport::Browser)
}

pub(super) fn begin_api(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Api);
    flows::begun(exchange, flow, Transport::Api)
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    flows::get(exchange, FlowKind::Registration)
}

pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    let submission = Submission {
        kind: FlowKind::Registration,
        admit: submit::admit,
        handle: submit::handle,
        again: |exchange, old| draft(exchange, old.transport),
    };
    // the check for a session precedes the look-up of the flow
    if exchange.world.signed_in(exchange.call).is_some() && exchange.call.wants_json() {
        return Err(already());
    }
    flows::submit(exchange, &submission)
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    if exchange.world.signed_in(exchange.call).is_some() {
        return Err(already());
    }
    draft(exchange, transport)
}

fn draft(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Registration, transport)?;
    flow.sheet = Sheet::new(nodes::first(exchange, &flow));
    Ok(flow)
}

fn already() -> Problem {
    Problem::new(400, "you are already logged in")
        .with_id("session_already_available")
        .reason("A valid session was detected and thus registration is not possible.")
}
