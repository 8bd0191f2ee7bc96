//! `/self-service/recovery`: recovers an account by code or by link.

mod link;
mod nodes;
mod submit;

pub(crate) use nodes::code_sent;

use crate::config::Proof;
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
    flows::get(exchange, FlowKind::Recovery)
}

/// Handles a submitted form or an opened link.
pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    if let Some(token) = exchange.call.query("token").filter(|token| !token.is_empty()) {
        return link::follow(exchange, &token);
    }
    let submission = Submission {
        kind: FlowKind::Recovery,
        admit: |_, _| Ok(()),
        handle: submit::handle,
        again: |exchange, old| draft(exchange, old.transport),
    };
    flows::submit(exchange, &submission)
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    if transport == Transport::Browser && exchange.world.signed_in(exchange.call).is_some() {
        return Err(Problem::bad_request("A valid session was detected and thus recovery is not possible.")
            .with_id("session_already_available"));
    }
    draft(exchange, transport)
}

pub(crate) fn draft(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let by = exchange.world.config.recovery_by;
    draft_by(exchange, transport, by)
}

fn draft_by(exchange: &mut Exchange<'_>, transport: Transport, by: Proof) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Recovery, transport)?;
    flow.active = Some(by.as_str());
    flow.sheet = Sheet::new(nodes::ask(&flow, by));
    Ok(flow)
}
