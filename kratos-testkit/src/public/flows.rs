//! The parts of all five flows: start, read and submit.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::step::{Step, Stop, refuse};
use super::{csrf_check, errors, return_to};
use crate::exchange::Exchange;
use crate::hooks;
use crate::ui::{Message, Sheet};
use crate::wire::form::Form;
use crate::wire::{Answer, Call, Problem, Reply};
use crate::world::flow::{Ceremonies, Flow, FlowKind, Offered, Transport};
use crate::world::rfc3339;
use crate::world::session::signed;

/// Returns a new flow of the request, without nodes and not stored.
pub(crate) fn draft(
    exchange: &mut Exchange<'_>,
    kind: FlowKind,
    transport: Transport,
) -> Result<Flow, Problem> {
    let to = return_to::asked(exchange)?;
    let csrf = if transport == Transport::Browser { exchange.csrf_token() } else { String::new() };
    let id = Uuid::new_v4();
    let world = &exchange.world;
    let now = world.now();
    Ok(Flow {
        id,
        kind,
        transport,
        issued_at: now,
        expires_at: now.saturating_add(signed(world.config.lifespan(kind))),
        request_url: exchange.call.requested_url(&world.public_url),
        return_to: to,
        active: None,
        action: format!("{}/self-service/{}?flow={id}", world.public_url, kind.as_str()),
        sheet: Sheet::default(),
        state: if kind == FlowKind::Settings { "show_form" } else { "choose_method" },
        csrf,
        transient: false,
        refresh: false,
        aal2: false,
        identity: None,
        sent: None,
        offered: Offered::default(),
        extra: Map::new(),
        traits: Value::Null,
        challenge: None,
        login_after: None,
        payload: Value::Null,
        codes: None,
        keys: Ceremonies::new(),
        linking: None,
        parked: None,
    })
}

/// Stores a new flow and returns it, or redirects the browser to its page.
pub(crate) fn begun(
    exchange: &mut Exchange<'_>,
    flow: Result<Flow, Problem>,
    transport: Transport,
) -> Answer {
    let json = transport == Transport::Api || exchange.call.wants_json();
    let flow = flow.and_then(|flow| hooks::before(exchange, &flow).map(|()| flow));
    let mut flow = match flow {
        Ok(flow) => flow,
        Err(problem) if json || problem.is_crash() => return Err(problem),
        Err(problem) => return Ok(turn_away(exchange, &problem)),
    };
    let shown = exchange.world.flow_json(&flow);
    flow.extra.clear();
    let page = page(exchange, &flow);
    exchange.world.flows.insert(flow.id, flow);
    Ok(if json { Reply::ok(&shown) } else { Reply::see_other(exchange.call, &page) })
}

/// Redirects a browser that cannot start the flow.
fn turn_away(exchange: &mut Exchange<'_>, problem: &Problem) -> Reply {
    let world = &exchange.world;
    let to = match problem.id() {
        "session_already_available" => {
            let asked = return_to::asked(exchange).unwrap_or_default();
            return_to::target(exchange, asked.as_deref())
        }
        "session_inactive" => format!("{}/self-service/login/browser", world.public_url),
        "session_aal2_required" => format!("{}/self-service/login/browser?aal=aal2", world.public_url),
        _ => errors::forward(exchange, problem),
    };
    Reply::see_other(exchange.call, &to)
}

/// Returns the URL of the page that renders the flow.
pub(crate) fn page(exchange: &Exchange<'_>, flow: &Flow) -> String {
    format!("{}?flow={}", exchange.world.config.page(flow.kind.as_str()), flow.id)
}

/// `GET …/flows?id=`: returns a flow. A browser flow requires its CSRF cookie.
pub(crate) fn get(exchange: &mut Exchange<'_>, kind: FlowKind) -> Answer {
    let id = exchange.call.query("id").unwrap_or_default();
    let flow = exchange.world.flow(kind, &id).cloned().ok_or_else(Problem::no_row)?;
    if flow.is_browser()
        && kind != FlowKind::Settings
        && !flow.csrf.is_empty()
        && !exchange.csrf_fits(&flow.csrf)
    {
        return Err(csrf_check::violation(exchange, &Form::default()));
    }
    if flow.expires_at <= exchange.world.now() {
        return Err(gone(exchange, &flow));
    }
    Ok(Reply::ok(&exchange.world.flow_json(&flow)))
}

/// The error of Kratos 26.2.0 for an expired flow; settings and verification have no id.
fn gone(exchange: &Exchange<'_>, flow: &Flow) -> Problem {
    let kind = flow.kind.as_str();
    let message =
        "The requested resource is no longer available because it has expired or is otherwise invalid.";
    let base = format!("{}/self-service/{kind}", exchange.world.public_url);
    let problem = Problem::new(410, message);
    let named = matches!(flow.kind, FlowKind::Login | FlowKind::Registration);
    let problem = if named { problem.with_id("self_service_flow_expired") } else { problem };
    if !flow.is_browser() {
        let reason = format!(
            "The {kind} flow has expired. Call the {kind} flow init API endpoint to initialize a new {kind} flow."
        );
        return problem.reason(reason).detail("api", format!("{base}/api"));
    }
    let again = return_to::with_return_to(&format!("{base}/browser"), flow.return_to.as_deref());
    let reason = format!(
        "The {kind} flow has expired. Redirect the user to the {kind} flow init endpoint to initialize a new {kind} flow."
    );
    problem
        .reason(reason)
        .detail("redirect_to", again)
        .detail("return_to", flow.return_to.clone().unwrap_or_default())
}

/// The handlers of a flow's submission.
pub(crate) struct Submission {
    pub(crate) kind: FlowKind,
    /// Refuses a caller that may not submit.
    pub(crate) admit: fn(&mut Exchange<'_>, &mut Flow) -> Result<(), Stop>,
    pub(crate) handle: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step,
    /// Returns a new flow in place of an expired one.
    pub(crate) again: fn(&mut Exchange<'_>, &Flow) -> Result<Flow, Problem>,
}

/// Handles a submission: admission, expiry, body, then the handler.
pub(crate) fn submit(exchange: &mut Exchange<'_>, submission: &Submission) -> Answer {
    let id = exchange.call.query("flow").unwrap_or_default();
    let Some(mut flow) = exchange.world.flow(submission.kind, &id).cloned() else {
        let problem = Problem::bad_request("The flow query parameter is missing or malformed.");
        return if exchange.call.wants_json() { Err(problem) } else { Ok(turn_away(exchange, &problem)) };
    };
    flow.extra.clear();
    flow.transient = false;
    let step = run(exchange, &mut flow, submission);
    conclude(exchange, flow, submission, step)
}

/// Stores the flow after a step, and answers.
pub(crate) fn conclude(
    exchange: &mut Exchange<'_>,
    mut flow: Flow,
    submission: &Submission,
    step: Step,
) -> Answer {
    let json = !flow.is_browser() || exchange.call.wants_json();
    let answer = match step {
        Ok(reply) | Err(Stop::Reply(reply)) => Ok(reply),
        Err(Stop::Problem(problem)) if json || problem.is_crash() => Err(problem),
        Err(Stop::Problem(problem)) => Ok(turn_away(exchange, &problem)),
        Err(Stop::Form) if json => Ok(Reply::json(400, &exchange.world.flow_json(&flow))),
        // Kratos responds 302 for registration, 303 for the others
        Err(Stop::Form) => {
            let page = page(exchange, &flow);
            let is_found = flow.kind == FlowKind::Registration;
            Ok(if is_found {
                Reply::found(exchange.call, &page)
            } else {
                Reply::see_other(exchange.call, &page)
            })
        }
        Err(Stop::Expired) => replace(exchange, &flow, submission, json),
    };
    flow.transient = false;
    exchange.world.flows.insert(flow.id, flow);
    answer
}

fn run(exchange: &mut Exchange<'_>, flow: &mut Flow, submission: &Submission) -> Step {
    (submission.admit)(exchange, flow)?;
    if flow.expires_at <= exchange.world.now() {
        return Err(Stop::Expired);
    }
    // after the refresh, the browser continues with the submission it sent before
    let comes_back = exchange.call.method == http::Method::GET;
    if let Some((form, cookie)) = comes_back.then(|| exchange.world.resume(exchange.call, flow.id)).flatten()
    {
        exchange.cookies.push(cookie);
        return (submission.handle)(exchange, flow, &form);
    }
    match Form::read(exchange.call) {
        Ok(mut form) => {
            form.add_query(exchange.call);
            flow.payload = form.fields.get("transient_payload").cloned().unwrap_or_default();
            (submission.handle)(exchange, flow, &form)
        }
        Err(unreadable) => Err(refuse(flow, unreadable)),
    }
}

/// The flow continues without an error: Kratos 26.2.0 still responds 400.
pub(crate) fn go_on(exchange: &Exchange<'_>, flow: &Flow) -> Stop {
    Stop::Reply(show(exchange, flow, 400))
}

/// Responds to an expired flow with the id of a new one, whose message says so.
fn replace(exchange: &mut Exchange<'_>, old: &Flow, submission: &Submission, json: bool) -> Answer {
    let mut flow = match (submission.again)(exchange, old) {
        Ok(flow) => flow,
        Err(problem) if json => return Err(problem),
        Err(problem) => return Ok(turn_away(exchange, &problem)),
    };
    let kind = old.kind.as_str();
    let since = exchange.world.now() - old.expires_at;
    let minutes = since.as_seconds_f64() / 60.0;
    let id = match old.kind {
        FlowKind::Login => 4_010_001,
        FlowKind::Registration => 4_040_001,
        FlowKind::Settings => 4_050_001,
        FlowKind::Recovery => 4_060_005,
        FlowKind::Verification => 4_070_005,
    };
    let text = format!("The {kind} flow expired {minutes:.2} minutes ago, please try again.");
    let context = json!({
        "expired_at": rfc3339(old.expires_at), "expired_at_unix": old.expires_at.unix_timestamp(),
    });
    flow.sheet.messages.push(Message::error(id, text).with(context));
    flow.lead_as(old);
    let (new, page) = (flow.id, page(exchange, &flow));
    exchange.world.flows.insert(new, flow);
    if !json {
        return Ok(Reply::see_other(exchange.call, &page));
    }
    if matches!(old.kind, FlowKind::Recovery | FlowKind::Verification) {
        let again = format!("{}/self-service/{kind}/flows?id={new}", exchange.world.public_url);
        return Ok(Reply::see_other(exchange.call, &again));
    }
    let reason = format!("The self-service flow expired {minutes:.2} minutes ago, initialize a new one.");
    Err(Problem::new(410, "self-service flow expired")
        .with_id("self_service_flow_expired")
        .reason(reason)
        .beside("expired_at", rfc3339(old.expires_at))
        .beside("since", i64::try_from(since.whole_nanoseconds()).unwrap_or(i64::MAX))
        .beside("use_flow_id", new.to_string()))
}

/// Returns the flow as JSON, or redirects to its page.
pub(crate) fn show(exchange: &Exchange<'_>, flow: &Flow, code: u16) -> Reply {
    if !flow.is_browser() || exchange.call.wants_json() {
        return Reply::json(code, &exchange.world.flow_json(flow));
    }
    Reply::see_other(exchange.call, &page(exchange, flow))
}

/// Redirects a browser: 303, or 422 for a script.
pub(crate) fn leave(call: &Call, json: bool, to: &str) -> Step {
    if json {
        return Err(browser_must_go(to).into());
    }
    Ok(Reply::see_other(call, to))
}

/// 422: a script cannot follow the redirect, the browser must.
pub(crate) fn browser_must_go(to: &str) -> Problem {
    Problem::new(422, "browser location change required")
        .with_id("browser_location_change_required")
        .reason(format!("In order to complete this flow please redirect the browser to: {to}"))
        .beside("redirect_browser_to", to)
}
