//! `/self-service/settings`: changes an account.

mod finish;
mod lookup;
mod nodes;
mod park;
mod privileged;
mod submit;
mod totp;

use uuid::Uuid;

pub(super) use finish::saved;
pub(super) use privileged::check as check_privileged;

use super::flows::{self, Submission};
use super::step::Stop;
use super::whoami::aal2_required;
use crate::config::RequiredAal;
use crate::exchange::Exchange;
use crate::ui::Sheet;
use crate::wire::{Answer, Problem, Reply};
use crate::world::credential::new_totp_secret;
use crate::world::flow::{Ceremonies, Flow, FlowKind, Transport};

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Browser);
    flows::begun(exchange, flow, Transport::Browser)
}

pub(super) fn begin_api(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Api);
    flows::begun(exchange, flow, Transport::Api)
}

/// Returns a flow, to its own identity only.
pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let person = strong_enough(exchange)?.ok_or_else(unauthorized)?;
    let id = exchange.call.query("id").unwrap_or_default();
    let flow = exchange.world.flow(FlowKind::Settings, &id).ok_or_else(Problem::no_row)?;
    if flow.identity != Some(person) {
        return Err(mismatch(
            "The request was made for another identity and has been blocked for security reasons.",
        ));
    }
    flows::get(exchange, FlowKind::Settings)
}

pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    flows::submit(exchange, &submission())
}

pub(super) fn submission() -> Submission {
    Submission {
        kind: FlowKind::Settings,
        admit,
        handle: submit::handle,
        again: |exchange, old| {
            let person = old.identity.ok_or_else(Problem::no_row)?;
            draft_for(exchange, person, old.transport)
        },
    }
}

pub(super) fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let inactive = || {
        Problem::new(401, "request does not have a valid authentication session").with_id("session_inactive")
    };
    match (strong_enough(exchange)?, transport) {
        (Some(person), _) => draft_for(exchange, person, transport),
        (None, Transport::Api) => Err(inactive()
            .reason("This endpoint can only be accessed with a valid session. Please log in and try again.")),
        (None, Transport::Browser) => Err(inactive()
            .reason("No active session was found in this request.")
            .beside("CredentialsMissing", false)),
    }
}

/// Returns a new flow of an identity.
pub(crate) fn draft_for(
    exchange: &mut Exchange<'_>,
    person: Uuid,
    transport: Transport,
) -> Result<Flow, Problem> {
    let mut flow = flows::draft(exchange, FlowKind::Settings, transport)?;
    flow.identity = Some(person);
    redraw(exchange, &mut flow);
    Ok(flow)
}

/// Returns the form of the account. Every new form offers a new TOTP secret.
fn redraw(exchange: &Exchange<'_>, flow: &mut Flow) {
    flow.offered.totp = new_totp_secret();
    flow.offered.lookup.clear();
    flow.keys = Ceremonies::new();
    let messages = std::mem::take(&mut flow.sheet.messages);
    flow.sheet = Sheet { nodes: nodes::all(exchange, flow), messages };
}

/// Returns the session and its identity, if its AAL suffices for settings.
fn strong_enough(exchange: &Exchange<'_>) -> Result<Option<Uuid>, Problem> {
    let Some((session, person)) = exchange.world.signed_in(exchange.call) else { return Ok(None) };
    let strict = exchange.world.config.settings_aal == RequiredAal::HighestAvailable;
    if strict && session.aal() != "aal2" && person.has_second_factor() {
        return Err(aal2_required(&exchange.world.public_url));
    }
    Ok(Some(person.id))
}

fn admit(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Result<(), Stop> {
    let Some(person) = strong_enough(exchange)? else {
        if !flow.is_browser() || exchange.call.wants_json() {
            return Err(unauthorized().into());
        }
        let login = format!("{}/self-service/login/browser", exchange.world.public_url);
        return Err(Stop::Reply(Reply::see_other(exchange.call, &login)));
    };
    if flow.identity != Some(person) {
        let reason = "The request was initiated by someone else and has been blocked for security reasons. Please go \
                      back and try again.";
        return Err(mismatch(reason).into());
    }
    Ok(())
}

fn unauthorized() -> Problem {
    Problem::unauthorized("A valid Ory Session Cookie or Ory Session Token is missing.")
}

fn mismatch(reason: &str) -> Problem {
    Problem::forbidden(reason).with_id("security_identity_mismatch")
}
