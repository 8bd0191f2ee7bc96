//! `/self-service/login`: login, step-up and refresh.

mod code;
mod nodes;
mod submit;

use crate::exchange::Exchange;
use crate::ui::{Message, Sheet};
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, FlowKind, Transport};
use crate::world::sign_on::Linking;
use uuid::Uuid;

use super::flows::{self, Submission};
use super::{oauth2, oidc};

/// Kratos' order of the groups of a login.
const GROUPS: [&str; 8] =
    ["oidc", "default", "webauthn", "passkey", "code", "password", "totp", "lookup_secret"];

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
    flows::get(exchange, FlowKind::Login)
}

pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    flows::submit(exchange, &submission())
}

pub(super) fn submission() -> Submission {
    Submission { kind: FlowKind::Login, admit: submit::admit, handle: submit::handle, again: begin_again }
}

/// Returns a login that links a sign-on, or one in place of the registration of a known user.
pub(super) fn for_linking(
    exchange: &mut Exchange<'_>,
    transport: Transport,
    linking: Option<Linking>,
) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Login, transport)?;
    flow.linking = linking;
    draw(exchange, &mut flow);
    crate::hooks::before(exchange, &flow)?;
    Ok(flow)
}

/// Returns the second step of a login of this identity.
pub(super) fn step_up(exchange: &mut Exchange<'_>, first: &Flow, person: Uuid) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Login, first.transport)?;
    flow.return_to.clone_from(&first.return_to);
    (flow.aal2, flow.identity) = (true, Some(person));
    draw(exchange, &mut flow);
    let text = "Please complete the second authentication challenge.";
    flow.sheet.messages.push(Message::info(1_010_004, text));
    Ok(flow)
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let asked = oauth2::asked(exchange, transport)?;
    // an OAuth2 login that may not be skipped is a refresh
    let refresh = exchange.call.query("refresh").is_some_and(|text| text == "true")
        || asked.as_ref().is_some_and(|asked| !asked.skip);
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
    oauth2::keep(&mut flow, asked);
    flow.refresh = refresh && person.is_some();
    flow.aal2 = aal2;
    flow.identity = person;
    if person.is_none() {
        oidc::issue_codes(exchange, &mut flow);
    }
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
        Some(person) if flow.aal2 => nodes::second_factor(exchange, person, flow),
        Some(person) if flow.refresh => nodes::confirmation(exchange, person, flow),
        _ => nodes::first_factor(exchange, flow),
    };
    flow.sheet = Sheet::new(nodes);
}
