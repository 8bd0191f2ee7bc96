//! `/self-service/login`: login, step-up and refresh.

mod code;
mod nodes;
mod submit;

use crate::exchange::Exchange;
use crate::ui::{Message, Sheet};
use crate::wire::{Answer, Problem};
use crate::world::flow::{Flow, FlowKind, Transport};

use super::flows::{self, Submission};

/// Kratos' order of the groups of a login.
const GROUPS: [&str; 8] =
    ["oidc", "default", "webauthn", "passkey", "code", "password", "totp", "lookup_secret"];

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Browser);
    flows::begun(exchange, flow, Transport::Browser)
}

pub(super) fn begin_api(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Api);
    flows::begun(exchange, flow, Transport::Api)
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    flows::get(exchange, FlowKind::Login)
}

pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    let submission = Submission {
        kind: FlowKind::Login,
        admit: submit::admit,
        handle: submit::handle,
        again: begin_again,
    };
    flows::submit(exchange, &submission)
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let refresh = exchange.call.query("refresh").is_some_and(|text| text == "true");
    let aal2 = match exchange.call.query("aal").as_deref() {
        None | Some("" | "aal1") => false,
        Some("aal2") => true,
        Some(other) => {
            return Err(Problem::bad_request(format!(
                "Unable to parse AuthenticationMethod Assurance Level (AAL): expected one of [aal1, aal2] but got {other}"
            )));
        }
    };
    let signed_in = exchange.world.signed_in(exchange.call);
    let session_aal2 = signed_in.is_some_and(|(session, _)| session.aal() == "aal2");
    let person = signed_in.map(|(_, identity)| identity.id);
    if person.is_none() && aal2 {
        return Err(Problem::new(401, "aal2 and aal3 can only be requested if a session exists already")
            .with_id("session_aal1_required")
            .reason("You can not requested a higher AAL (AAL2/AAL3) without an active session."));
    }
    if person.is_some() && !refresh && (session_aal2 || !aal2) {
        return Err(Problem::new(400, "you are already logged in")
            .with_id("session_already_available")
            .reason(ALREADY));
    }

    let mut flow = flows::draft(exchange, FlowKind::Login, transport)?;
    flow.refresh = refresh && person.is_some();
    flow.aal2 = aal2;
    flow.identity = person;
    draw(exchange, &mut flow);
    if flow.refresh {
        let text = "Please confirm this action by verifying that it is you.";
        flow.sheet.messages.push(Message::info(1_010_003, text));
    }
    if aal2 && !session_aal2 {
        let text = "Please complete the second authentication challenge.";
        flow.sheet.messages.push(Message::info(1_010_004, text));
    }
    Ok(flow)
}

const ALREADY: &str =
    "A valid session was detected and thus login is not possible. Did you forget to set `?refresh=true`?";

/// Returns a plain login in place of an expired flow of any purpose.
fn begin_again(exchange: &mut Exchange<'_>, old: &Flow) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Login, old.transport)?;
    (flow.refresh, flow.aal2, flow.identity) = (old.refresh, old.aal2, old.identity);
    draw(exchange, &mut flow);
    Ok(flow)
}

fn draw(exchange: &Exchange<'_>, flow: &mut Flow) {
    let person = flow.identity.and_then(|id| exchange.world.identity(id));
    let nodes = match person {
        Some(person) if flow.aal2 => nodes::second_factor(person, flow),
        Some(person) if flow.refresh => nodes::confirmation(exchange, person, flow),
        _ => nodes::first_factor(exchange, flow),
    };
    flow.sheet = Sheet::new(nodes);
}
