//! The forms of login.

use crate::config::LoginStyle;
use crate::exchange::Exchange;
use crate::ui::passkey::{self, Scripts};
use crate::ui::{Message, Node, text};
use crate::webauthn::{Party, keys_of};
use crate::world::flow::Flow;
use crate::world::identity::Identity;

/// The first form, before an identifier is known.
pub(super) fn first_factor(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let config = &exchange.world.config;
    let methods = &config.methods;
    let mut nodes = Vec::new();
    let identifier_first = config.login_style == LoginStyle::IdentifierFirst && flow.linking.is_none();
    if identifier_first {
        nodes.push(identifier_field(exchange, "identifier_first"));
        nodes.push(Node::submit("identifier_first", "identifier_first", text::proceed()));
    }
    nodes.extend(provider(exchange));
    nodes.push(Node::csrf(&flow.csrf));
    if !identifier_first {
        nodes.push(identifier_field(exchange, "default"));
    }
    if methods.passkey {
        nodes.extend(passkeys(exchange, flow, !identifier_first));
    }
    if !identifier_first {
        if methods.passwordless_code {
            nodes.push(Node::submit("code", "code", send_code()));
        }
        if methods.password {
            nodes.extend(password(true));
        }
    }
    nodes
}

/// The methods offered once the identifier is known.
pub(super) fn after_identifier(exchange: &Exchange<'_>, flow: &Flow, identifier: &str) -> Vec<Node> {
    let methods = &exchange.world.config.methods;
    let known = |kind: &str| exchange.world.known_as(kind, identifier).is_some();
    let mut nodes = vec![identifier_field(exchange, "identifier_first").hidden().value(identifier)];
    let person = exchange.world.has_identifier(identifier);
    nodes.extend(provider(exchange).filter(|_| person.is_some_and(|person| !person.linked().is_empty())));
    nodes.push(Node::csrf(&flow.csrf));
    if methods.passkey {
        nodes.extend(passkeys(exchange, flow, false));
    }
    let with_password =
        exchange.world.known_as("password", identifier).is_some_and(Identity::can_use_password);
    if methods.password && with_password {
        nodes.extend(password(true));
    }
    if methods.passwordless_code && known("code") {
        nodes.push(Node::submit("code", "code", send_code()));
    }
    nodes
}

/// The form of a refresh.
pub(super) fn confirmation(exchange: &Exchange<'_>, person: &Identity, flow: &Flow) -> Vec<Node> {
    let methods = &exchange.world.config.methods;
    let mut nodes: Vec<Node> =
        provider(exchange).filter(|_| !person.linked().is_empty()).into_iter().collect();
    nodes.push(Node::csrf(&flow.csrf));
    let own = person.credentials.get("password").filter(|_| person.can_use_password());
    let own = own.and_then(|known| known.identifiers.first());
    if methods.passwordless_code {
        // with codes enabled, Kratos 26.2.0 asks for the identifier again
        let mut field = identifier_field(exchange, "default");
        field.attributes.shift_remove("autocomplete");
        nodes.push(field);
        nodes.push(Node::submit("code", "code", send_code()));
    } else if let Some(own) = own {
        nodes.push(Node::input("default", "identifier", "hidden").value(own.as_str()));
    }
    if methods.password && own.is_some() {
        nodes.extend(password(false));
    }
    let keys = keys_of(person, "passkey");
    if methods.passkey && !keys.is_empty() {
        let name = person.traits.get("email").and_then(serde_json::Value::as_str).unwrap_or_default();
        let options = Party::of(&exchange.world.config).request(&flow.keys.passkey, &keys);
        nodes.retain(|node| node.name() != "identifier");
        let place = nodes.iter().position(|node| node.group == "default").map_or(0, |at| at + 1);
        let mut shown = vec![Node::input("default", "identifier", "hidden").value(name)];
        shown.extend(flow.is_browser().then(|| passkey::script(&exchange.world.public_url)));
        shown.extend(passkey::refresh(Scripts::of(flow.is_browser()), &options));
        nodes.splice(place..place, shown);
    }
    nodes
}

/// The enrolled second factors. Without one, a browser's form has no fields and a native form is empty.
pub(super) fn second_factor(exchange: &Exchange<'_>, person: &Identity, flow: &Flow) -> Vec<Node> {
    let mut nodes = Vec::new();
    let keys = keys_of(person, "webauthn");
    if exchange.world.config.methods.webauthn && flow.is_browser() && !keys.is_empty() {
        let identifier = person.credentials.get("webauthn").and_then(|known| known.identifiers.first());
        nodes
            .extend(identifier.map(|own| Node::input("default", "identifier", "hidden").value(own.as_str())));
        let options = Party::of(&exchange.world.config).request(&flow.keys.security_key, &keys);
        nodes.extend(passkey::second_factor(&exchange.world.public_url, &options));
    }
    if person.credentials.contains_key("totp") {
        nodes.push(
            Node::input("totp", "totp_code", "text")
                .value("")
                .required()
                .label(Message::info(1_010_006, "Authentication code")),
        );
        nodes.push(Node::submit("totp", "totp", Message::info(1_010_009, "Use Authenticator")));
    }
    if person.credentials.contains_key("lookup_secret") {
        nodes.push(
            Node::input("lookup_secret", "lookup_secret", "text")
                .value("")
                .required()
                .label(Message::info(1_010_007, "Backup recovery code")),
        );
        let label = Message::info(1_010_010, "Use backup recovery code");
        nodes.push(Node::submit("lookup_secret", "lookup_secret", label));
    }
    if flow.is_browser() || !nodes.is_empty() {
        nodes.insert(0, Node::csrf(&flow.csrf));
    }
    nodes
}

pub(super) fn send_code() -> Message {
    Message::info(1_010_015, "Send sign in code")
}

/// Labels the identifier as the schema's only identifier, or `ID` if there are several.
pub(super) fn identifier_field(exchange: &Exchange<'_>, group: &'static str) -> Node {
    let config = &exchange.world.config;
    let field = config.schema(&config.default_schema).and_then(|schema| schema.identifier_field());
    let label = field.and_then(|field| Some(text::trait_label(&field.name(), field.title()?)));
    let passkeys = config.methods.passkey || config.methods.webauthn;
    Node::input(group, "identifier", "text")
        .value("")
        .required()
        .attribute("autocomplete", if passkeys { "username webauthn" } else { "username" })
        .label(label.unwrap_or_else(text::identifier))
}

fn password(first: bool) -> Vec<Node> {
    let label = if first {
        Message::info(1_010_022, "Sign in with password")
    } else {
        Message::info(1_010_001, "Sign in")
    };
    vec![Node::password("current-password"), Node::submit("password", "password", label)]
}

/// The button of the single sign-on provider.
fn provider(exchange: &Exchange<'_>) -> Option<Node> {
    let (id, label) = exchange.world.config.methods.provider.as_ref()?;
    let context = serde_json::json!({"provider": label, "provider_id": id});
    let text = Message::info(1_010_002, format!("Sign in with {label}")).with(context);
    Some(Node::input("oidc", "provider", "submit").value(id.as_str()).label(text))
}

fn passkeys(exchange: &Exchange<'_>, flow: &Flow, button: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    if flow.is_browser() {
        nodes.push(passkey::script(&exchange.world.public_url));
    }
    let options = Party::of(&exchange.world.config).request(&flow.keys.passkey, &[]);
    nodes.extend(passkey::login(Scripts::of(flow.is_browser()), button, &options));
    nodes
}
