//! `/self-service/verification`: verifies an address by code or by link.

mod link;
mod nodes;
mod pass;
mod submit;

pub(crate) use nodes::code_sent as sent_nodes;

use crate::config::Proof;
use crate::exchange::Exchange;
use crate::ui::{Message, Sheet};
use crate::wire::{Answer, Problem};
use crate::world::flow::{Flow, FlowKind, Transport};

use super::flows::{self, Submission};

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    let flow = draft(exchange, Transport::Browser);
    flows::begun(exchange, flow, Transport::Browser)
}

pub(super) fn begin_api(exchange: &mut Exchange<'_>) -> Answer {
    let flow = draft(exchange, Transport::Api);
    flows::begun(exchange, flow, Transport::Api)
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    flows::get(exchange, FlowKind::Verification)
}

/// Handles a submitted form or an opened link.
pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    let query = |name: &str| exchange.call.query(name).filter(|value| !value.is_empty());
    if let Some(token) = query("token") {
        return link::follow(exchange, &token);
    }
    if let (Some(code), &http::Method::GET) = (query("code"), &exchange.call.method) {
        return link::fill_in(exchange, &code);
    }
    let submission = Submission {
        kind: FlowKind::Verification,
        admit: |_, _| Ok(()),
        handle: submit::handle,
        again: |exchange, old| draft(exchange, old.transport),
    };
    flows::submit(exchange, &submission)
}

/// The message that a code was mailed.
pub(super) fn sent_message() -> Message {
    submit::sent_message(1_080_003, "code")
}

pub(crate) fn draft(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Verification, transport)?;
    let by: Proof = exchange.world.config.verification_by;
    flow.active = Some(by.as_str());
    flow.sheet = Sheet::new(nodes::ask(&flow, by));
    Ok(flow)
}
