//! The submission of a login.

use super::super::flows;
use super::super::sign_in::{Proven, login_done};
use super::super::step::{Step, Stop, refuse, refuse_fields};
use super::super::{csrf_check, keys, oidc, return_to};
use super::{ALREADY, GROUPS, code, nodes};
use crate::config::LoginStyle;
use crate::exchange::Exchange;
use crate::hooks;
use crate::ui::{Message, Node, text};
use crate::wire::Problem;
use crate::wire::Reply;
use crate::wire::form::Form;
use crate::world::credential::BackupCode;
use crate::world::flow::Flow;
use crate::world::identity::Identity;

/// Refuses a session that already has the requested AAL.
pub(super) fn admit(exchange: &mut Exchange<'_>, flow: &mut Flow) -> Result<(), Stop> {
    let Some((session, _)) = exchange.world.signed_in(exchange.call) else { return Ok(()) };
    if flow.refresh || (flow.aal2 && session.aal() != "aal2") {
        return Ok(());
    }
    if !flow.is_browser() || exchange.call.wants_json() {
        return Err(refuse(flow, text::generic(ALREADY)));
    }
    let to = return_to::target(exchange, None);
    Err(Stop::Reply(Reply::see_other(exchange.call, &to)))
}

pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let methods = &exchange.world.config.methods;
    let first = !flow.aal2;
    let identifier_first = exchange.world.config.login_style == LoginStyle::IdentifierFirst;
    let handler: fn(&mut Exchange<'_>, &mut Flow, &Form) -> Step = match form.method() {
        _ if first && oidc::is_asked(exchange, form) => return oidc::handle(exchange, flow, form),
        "password" if methods.password && first => password,
        _ if first && keys::is_passkey(exchange, form) => keys::passkey,
        _ if flow.aal2 && keys::is_security_key(exchange, flow, form) => keys::security_key,
        "code" if methods.passwordless_code && first => code::handle,
        "identifier_first" if identifier_first && first => identifier,
        "totp" if methods.totp && flow.aal2 => totp,
        "lookup_secret" if methods.lookup_secret && flow.aal2 => backup_code,
        // the first of two steps handles every other method (Kratos 26.2.0)
        _ if identifier_first && first => identifier,
        _ => {
            let stop = refuse(flow, text::no_strategy(4_010_002, "log you in with"));
            flow.sheet.sort(&GROUPS);
            return Err(stop);
        }
    };
    let before = flow.sheet.clone();
    let given = [form.text("identifier"), form.text("password_identifier")];
    if let Some(identifier) = given.into_iter().find(|given| form.method() == "password" && !given.is_empty())
    {
        keep_identifier(flow, identifier);
    }
    csrf_check::check(exchange, flow, form)?;
    let step = handler(exchange, flow, form);
    match &step {
        // a successful login does not change its form
        Ok(_) => flow.sheet = before,
        Err(_) => flow.sheet.sort(&GROUPS),
    }
    step
}

fn password(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let given = [form.text("identifier"), form.text("password_identifier")];
    let identifier = given.into_iter().find(|given| !given.is_empty()).unwrap_or_default();
    let secret = form.text("password");
    let mut missing = Vec::new();
    for (name, value) in [("identifier", identifier), ("password", secret)] {
        if value.is_empty() {
            missing.push((name.to_owned(), text::missing(name)));
        }
    }
    if !missing.is_empty() {
        return Err(refuse_fields(flow, missing));
    }
    if let Some(person) = to_migrate(exchange, identifier) {
        if !hooks::migrate(exchange, identifier, secret)? {
            return Err(refuse(flow, text::invalid_credentials()));
        }
        let now = exchange.world.now();
        if let Some(person) = exchange.world.identity_mut(person) {
            let known = person.credentials.get("password");
            let identifiers = known.map(|known| known.identifiers.clone()).unwrap_or_default();
            person.set_password(secret, identifiers, now);
        }
    }
    let known = exchange.world.known_as("password", identifier);
    match known.filter(|person| person.has_password(secret)).map(|person| person.id) {
        Some(person) => login_done(exchange, flow, person, Proven { method: "password", aal: "aal1" }),
        None => Err(refuse(flow, text::invalid_credentials())),
    }
}

/// Returns the identity of the identifier, if its password is still to be migrated.
fn to_migrate(exchange: &Exchange<'_>, identifier: &str) -> Option<uuid::Uuid> {
    let person = exchange.world.known_as("password", identifier)?;
    let config = &person.credentials.get("password")?.config;
    (config.get("use_password_migration_hook") == Some(&true.into())).then_some(person.id)
}

/// Keeps the identifier entered, except in the hidden field of a refresh.
fn keep_identifier(flow: &mut Flow, identifier: &str) {
    let hidden = |node: &Node| node.attributes.get("type").is_some_and(|kind| kind == "hidden");
    if !flow.sheet.nodes.iter().any(|node| node.name() == "identifier" && hidden(node)) {
        flow.sheet.fill("identifier", identifier.into());
    }
}

/// Handles the first of two steps.
fn identifier(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let identifier = form.text("identifier");
    let methods = &exchange.world.config.methods;
    let world = &exchange.world;
    let can = (methods.password
        && world.known_as("password", identifier).is_some_and(Identity::can_use_password))
        || (methods.passwordless_code && world.known_as("code", identifier).is_some())
        || (world.sso.is_some()
            && world.has_identifier(identifier).is_some_and(|person| !person.linked().is_empty()));
    if identifier.is_empty() || !can {
        flow.sheet.fill("identifier", identifier.into());
        let text = "This account does not exist or has no login method configured.";
        return Err(refuse_fields(flow, vec![("identifier".into(), Message::error(4_000_037, text))]));
    }
    flow.sheet.reset();
    flow.sheet.nodes = nodes::after_identifier(exchange, flow, identifier);
    flow.active = Some("identifier_first");
    flow.transient = true;
    Err(flows::go_on(exchange, flow))
}

fn totp(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let code = form.text("totp_code");
    if code.is_empty() {
        return Err(refuse_fields(flow, vec![("totp_code".into(), text::missing("totp_code"))]));
    }
    let person = who(exchange)?;
    let world = &exchange.world;
    let secret = world.identity(person).and_then(|person| person.totp_secret());
    let Some(secret) = secret else {
        return Err(refuse(flow, Message::error(4_000_011, "You have no TOTP device set up.")));
    };
    if !world.is_totp(secret, code) {
        blank(flow, "totp_code");
        return Err(refuse(flow, text::wrong_totp()));
    }
    login_done(exchange, flow, person, Proven { method: "totp", aal: "aal2" })
}

fn backup_code(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let code = form.text("lookup_secret");
    if code.is_empty() {
        return Err(refuse_fields(flow, vec![("lookup_secret".into(), text::missing("lookup_secret"))]));
    }
    let person = who(exchange)?;
    let now = exchange.world.now();
    let known = exchange.world.identity_mut(person).map(|person| person.use_backup_code(code, now));
    let told = match known {
        Some(BackupCode::Good) => {
            return login_done(exchange, flow, person, Proven { method: "lookup_secret", aal: "aal2" });
        }
        Some(BackupCode::AlreadyUsed) => {
            Message::error(4_000_012, "This backup recovery code has already been used.")
        }
        _ => Message::error(4_000_016, "The backup recovery code is not valid."),
    };
    blank(flow, "lookup_secret");
    Err(refuse(flow, told))
}

/// Removes the value of a wrong secret.
fn blank(flow: &mut Flow, name: &str) {
    for node in flow.sheet.nodes.iter_mut().filter(|node| node.name() == name && !node.is_bare()) {
        node.attributes.shift_remove("value");
    }
}

/// Returns the identity that steps up, if its session is still active.
fn who(exchange: &Exchange<'_>) -> Result<uuid::Uuid, Problem> {
    let signed_in = exchange.world.signed_in(exchange.call);
    signed_in.map(|(_, identity)| identity.id).ok_or_else(|| {
        Problem::new(401, "request does not have a valid authentication session")
            .with_id("session_inactive")
            .reason("No active session was found in this request.")
    })
}
