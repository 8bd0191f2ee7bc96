//! `/self-service/login`: beginning a login.

use uuid::Uuid;

use crate::exchange::Exchange;
use crate::ui::{Message, Node};
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, LoginFlow, Transport};
use crate::world::session::signed;

pub(super) fn begin_browser(exchange: &mut Exchange<'_>) -> Answer {
    match begin(exchange, Transport::Browser) {
        Ok(flow) if exchange.call.wants_json() => Ok(Reply::ok(&flow.json())),
        Ok(flow) => Ok(Reply::see_other(
            exchange.call,
            &format!("{}/login?flow={}", exchange.world.config.app, flow.id),
        )),
        Err(problem) if exchange.call.wants_json() => Err(problem),
        Err(problem) if problem.id() == "session_already_available" => {
            Ok(Reply::see_other(exchange.call, &format!("{}/", exchange.world.config.app)))
        }
        Err(_) => {
            let id = Uuid::new_v4();
            Ok(Reply::see_other(exchange.call, &format!("{}/error?id={id}", exchange.world.config.app)))
        }
    }
}

pub(super) fn begin_api(exchange: &mut Exchange<'_>) -> Answer {
    let flow = begin(exchange, Transport::Api)?;
    Ok(Reply::ok(&flow.json()))
}

fn begin(exchange: &mut Exchange<'_>, transport: Transport) -> Result<Flow, Problem> {
    let refresh = exchange.call.query("refresh").is_some_and(|text| text == "true");
    let requested_aal = match exchange.call.query("aal").as_deref() {
        None | Some("" | "aal1") => "aal1",
        Some("aal2") => "aal2",
        Some(other) => {
            return Err(Problem::bad_request(format!(
                "Unable to parse AuthenticationMethod Assurance Level (AAL): expected one of [aal1, aal2] but got {other}"
            )));
        }
    };
    let csrf = if transport == Transport::Browser { exchange.csrf_token() } else { String::new() };
    let Exchange { world, call, .. } = exchange;
    let signed_in = world.signed_in(call);
    let session_aal = signed_in.map_or("aal0", |(session, _)| session.aal());
    if signed_in.is_none() && requested_aal == "aal2" {
        return Err(Problem::new(401, "aal2 and aal3 can only be requested if a session exists already")
            .with_id("session_aal1_required")
            .reason("You can not requested a higher AAL (AAL2/AAL3) without an active session."));
    }
    if signed_in.is_some() && !refresh && session_aal >= requested_aal {
        return Err(Problem::new(400, "you are already logged in").with_id("session_already_available").reason(
            "A valid session was detected and thus login is not possible. Did you forget to set `?refresh=true`?",
        ));
    }

    let mut messages = Vec::new();
    if refresh && signed_in.is_some() {
        messages.push(Message::info(1_010_003, "Please confirm this action by verifying that it is you."));
    }
    if requested_aal == "aal2" && session_aal != "aal2" {
        messages.push(Message::info(1_010_004, "Please complete the second authentication challenge."));
    }
    let person = signed_in.map(|(_, identity)| identity);
    let mut nodes = Vec::new();
    if requested_aal == "aal2" {
        let second =
            second_factor_nodes(|kind| person.is_some_and(|person| person.credentials.contains_key(kind)));
        // a person without a second factor gets a form with nothing to fill in
        if transport == Transport::Browser || !second.is_empty() {
            nodes.push(Node::csrf(&csrf));
        }
        nodes.extend(second);
    } else {
        let known = person.filter(|_| refresh).and_then(|person| person.credentials.get("password"));
        nodes.push(Node::csrf(&csrf));
        nodes.extend(password_nodes(
            known.and_then(|password| password.identifiers.first()).map(String::as_str),
        ));
    }

    let id = Uuid::new_v4();
    let now = world.now();
    let flow = Flow {
        id,
        transport,
        issued_at: now,
        expires_at: now + signed(world.config.login_lifespan),
        request_url: format!("{}{}", world.public_url, call.uri),
        action: format!("{}/self-service/login?flow={id}", world.public_url),
        nodes,
        messages,
        state: "choose_method",
        login: LoginFlow { refresh, requested_aal },
    };
    world.flows.insert(id, flow.clone());
    Ok(flow)
}

fn second_factor_nodes(has: impl Fn(&str) -> bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    if has("totp") {
        nodes.push(
            Node::input("totp", "totp_code", "text")
                .value("")
                .required()
                .label(Message::info(1_010_006, "Authentication code")),
        );
        nodes.push(Node::submit("totp", "totp").label(Message::info(1_010_009, "Use Authenticator")));
    }
    nodes
}

/// The password form; whoever confirms their session sees their identifier filled in, hidden.
fn password_nodes(known: Option<&str>) -> Vec<Node> {
    let identifier = match known {
        Some(known) => Node::input("default", "identifier", "hidden").value(known),
        None => Node::input("default", "identifier", "text")
            .value("")
            .required()
            .attribute("autocomplete", "username")
            .label(Message::info(1_070_004, "ID")),
    };
    let label = if known.is_some() {
        Message::info(1_010_001, "Sign in")
    } else {
        Message::info(1_010_022, "Sign in with password")
    };
    vec![
        identifier,
        Node::input("password", "password", "password")
            .required()
            .attribute("autocomplete", "current-password")
            .label(Message::info(1_070_001, "Password")),
        Node::submit("password", "password").label(label),
    ]
}
