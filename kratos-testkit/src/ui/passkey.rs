//! The nodes of passkeys and security keys as Kratos 26.2.0 writes them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use uuid::Uuid;

use super::{Message, Node};
use crate::webauthn::Key;

/// The script of the ceremonies, which the server serves.
pub(crate) const SCRIPT: &str = include_str!("../webauthn/webauthn.js");

/// Whether the form includes scripts: for browsers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    With,
    Without,
}

impl Scripts {
    pub(crate) fn of(is_browser: bool) -> Self {
        if is_browser { Self::With } else { Self::Without }
    }
}

/// The node of the script.
pub(crate) fn script(public_url: &str) -> Node {
    let attributes = json!({
        "src": format!("{public_url}/.well-known/ory/webauthn.js"),
        "async": true,
        "referrerpolicy": "no-referrer",
        "crossorigin": "anonymous",
        "integrity": format!("sha512-{}", STANDARD.encode(Sha512::digest(SCRIPT))),
        "type": "text/javascript",
        "id": "webauthn_script",
        "nonce": Uuid::new_v4(),
    });
    Node::script("webauthn", attributes.as_object().cloned().unwrap_or_default())
}

/// Sign in with a passkey; without `button`, only by the browser's autocompletion.
pub(crate) fn login(scripts: Scripts, button: bool, options: &Value) -> Vec<Node> {
    let mut nodes = Vec::new();
    if button {
        nodes.push(login_button(scripts));
    }
    let hidden = Node::input("passkey", "passkey_login", "hidden");
    nodes.push(trigger(hidden, scripts, "oryPasskeyLoginAutocompleteInit", "onload"));
    nodes.push(Node::input("passkey", "passkey_challenge", "hidden").value(options.to_string()));
    nodes
}

/// Confirm with a passkey of the account.
pub(crate) fn refresh(scripts: Scripts, options: &Value) -> Vec<Node> {
    vec![
        login_button(scripts),
        Node::input("passkey", "passkey_login", "hidden"),
        Node::input("passkey", "passkey_challenge", "hidden").value(options.to_string()),
    ]
}

fn login_button(scripts: Scripts) -> Node {
    let node = Node::input("passkey", "passkey_login_trigger", "button").value("");
    let node = trigger(node, scripts, "oryPasskeyLogin", "onclick");
    node.label(Message::info(1_010_021, "Sign in with passkey"))
}

/// Sign up with a passkey, whose name is the value of `field`.
pub(crate) fn registration(scripts: Scripts, options: &Value, field: &str) -> Vec<Node> {
    let button = Node::input("passkey", "passkey_register_trigger", "button");
    let button = trigger(button, scripts, "oryPasskeyRegistration", "onclick");
    let data = json!({"credentialOptions": options, "displayNameFieldName": field});
    vec![
        button.label(Message::info(1_040_007, "Sign up with passkey")),
        Node::input("passkey", "passkey_register", "hidden"),
        Node::input("passkey", "passkey_create_data", "hidden").value(data.to_string()),
    ]
}

/// Remove the passkeys of an account, and add one.
pub(crate) fn settings(scripts: Scripts, keys: &[Key], is_last: bool, options: &Value) -> Vec<Node> {
    let remove = |key: &Key| {
        let label = told(1_050_020, "Remove passkey", key);
        let node = Node::input("passkey", "passkey_remove", "submit").value(key.hex());
        node.attribute("disabled", is_last).label(label)
    };
    let mut nodes: Vec<Node> = keys.iter().map(remove).collect();
    let button = Node::input("passkey", "passkey_register_trigger", "button").value("");
    let button = trigger(button, scripts, "oryPasskeySettingsRegistration", "onclick");
    nodes.extend([
        button.label(Message::info(1_050_019, "Add passkey")),
        Node::input("passkey", "passkey_settings_register", "hidden"),
        Node::input("passkey", "passkey_create_data", "hidden").value(options.to_string()),
    ]);
    nodes
}

/// Remove the security keys of an account, and add one. Browsers only.
pub(crate) fn security_key(public_url: &str, keys: &[Key], options: &Value) -> Vec<Node> {
    let remove = |key: &Key| {
        let label = told(1_050_018, "Remove security key", key);
        Node::input("webauthn", "webauthn_remove", "submit").value(key.hex()).label(label)
    };
    let mut nodes: Vec<Node> = keys.iter().map(remove).collect();
    let button = Node::input("webauthn", "webauthn_register_trigger", "button");
    let button = with_options(button, "oryWebAuthnRegistration", options);
    let name = Node::input("webauthn", "webauthn_register_displayname", "text").value("");
    nodes.extend([
        name.label(Message::info(1_050_013, "Name of the security key")),
        Node::input("webauthn", "webauthn_register", "hidden").value(""),
        button.label(Message::info(1_050_012, "Add security key")),
        script(public_url),
    ]);
    nodes
}

/// Use a security key as second factor. Browsers only.
pub(crate) fn second_factor(public_url: &str, options: &Value) -> Vec<Node> {
    let button = Node::input("webauthn", "webauthn_login_trigger", "button");
    let button = with_options(button, "oryWebAuthnLogin", options);
    vec![
        Node::input("webauthn", "webauthn_login", "hidden").value(""),
        script(public_url),
        button.label(Message::info(1_010_008, "Sign in with hardware key")),
    ]
}

fn told(id: u64, what: &str, key: &Key) -> Message {
    let name = if key.name.is_empty() { "unnamed" } else { &key.name };
    let context = json!({"display_name": name, "added_at": key.added_at, "added_at_unix": key.added_at_unix});
    Message::info(id, format!("{what} \"{name}\"")).with(context)
}

fn with_options(button: Node, function: &str, options: &Value) -> Node {
    let options = options.to_string();
    button
        .attribute("onclick", format!("window.{function}({options})"))
        .attribute("onclickTrigger", function)
        .value(options)
}

fn trigger(node: Node, scripts: Scripts, function: &str, event: &str) -> Node {
    let node = match scripts {
        Scripts::With => node.attribute(event, format!("window.{function}()")),
        Scripts::Without => node,
    };
    node.attribute(&format!("{event}Trigger"), function)
}
