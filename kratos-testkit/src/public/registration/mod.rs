//! `/self-service/registration`: signs up in one step or two.

mod code;
mod finish;
mod nodes;
mod submit;
mod traits;

pub(crate) use finish::send_verification;
pub(super) use finish::sign_up;
pub(super) use nodes::schema;
pub(super) use traits::read as read_traits;

use crate::exchange::Exchange;
use crate::ui::Sheet;
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, FlowKind, Transport};

use super::flows::{self, Submission};
use super::{oauth2, oidc};

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    match oauth2::at_once(exchange) {
        Ok(None) => {}
        Ok(Some(to)) if exchange.call.wants_json() => return Err(flows::browser_must_go(&to)),
        Ok(Some(to)) => return Ok(Reply::see_other(exchange.call, &to)),
        Err(problem) => return flows::begun(exchange, Err(problem), Transport::Browser),
    }
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
    // the check for a session precedes the look-up of the flow
    if exchange.world.signed_in(exchange.call).is_some() && exchange.call.wants_json() {
        return Err(already());
    }
    flows::submit(exchange, &submission())
}

pub(super) fn submission() -> Submission {
    Submission {
        kind: FlowKind::Registration,
        admit: submit::admit,
        handle: submit::handle,
        again: |exchange, old| draft(exchange, old.transport),
    }
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    if exchange.world.signed_in(exchange.call).is_some() {
        return Err(already());
    }
    draft(exchange, transport)
}

pub(super) fn draft(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let asked = oauth2::asked(exchange, transport)?;
    let mut flow = flows::draft(exchange, FlowKind::Registration, transport)?;
    oauth2::keep(&mut flow, asked);
    oidc::issue_codes(exchange, &mut flow);
    flow.sheet = Sheet::new(nodes::first(exchange, &flow));
    Ok(flow)
}

fn already() -> Problem {
    Problem::new(400, "you are already logged in")
        .with_id("session_already_available")
        .reason("A valid session was detected and thus registration is not possible.")
}
