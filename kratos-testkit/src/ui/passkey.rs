//! The nodes of passkeys and security keys as Kratos 26.2.0 writes them, for tests of pages. The ceremony
//! requires a real Kratos.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Message, Node};
use crate::world::secret;

/// Whether the form includes scripts: for browsers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    With,
    Without,
}

/// The script of both. The file at this URL is a stand-in that does nothing.
pub(crate) fn script(public_url: &str) -> Node {
    let attributes = json!({
        "src": format!("{public_url}/.well-known/ory/webauthn.js"),
        "async": true,
        "referrerpolicy": "no-referrer",
        "crossorigin": "anonymous",
        "integrity": "",
        "type": "text/javascript",
        "id": "webauthn_script",
        "nonce": Uuid::new_v4(),
    });
    Node::script("webauthn", attributes.as_object().cloned().unwrap_or_default())
}

/// Sign in with a passkey; without `button`, only by the browser's autocompletion.
pub(crate) fn login(scripts: Scripts, button: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    if button {
        let node = Node::input("passkey", "passkey_login_trigger", "button").value("");
        let node = trigger(node, scripts, "oryPasskeyLogin", "onclick");
        nodes.push(node.label(Message::info(1_010_021, "Sign in with passkey")));
    }
    let hidden = Node::input("passkey", "passkey_login", "hidden");
    nodes.push(trigger(hidden, scripts, "oryPasskeyLoginAutocompleteInit", "onload"));
    let challenge = json!({"publicKey": {"challenge": secret::token(""), "timeout": 120_000, "rpId": "localhost",
        "userVerification": "required"}});
    nodes.push(Node::input("passkey", "passkey_challenge", "hidden").value(challenge.to_string()));
    nodes
}

/// Sign up with a passkey.
pub(crate) fn registration(scripts: Scripts) -> Vec<Node> {
    let button = Node::input("passkey", "passkey_register_trigger", "button");
    let button = trigger(button, scripts, "oryPasskeyRegistration", "onclick");
    let data =
        json!({"credentialOptions": {"publicKey": creation()}, "displayNameFieldName": "traits.email"});
    vec![
        button.label(Message::info(1_040_007, "Sign up with passkey")),
        Node::input("passkey", "passkey_register", "hidden"),
        Node::input("passkey", "passkey_create_data", "hidden").value(data.to_string()),
    ]
}

/// Add a passkey to an account.
pub(crate) fn settings(scripts: Scripts) -> Vec<Node> {
    let button = Node::input("passkey", "passkey_register_trigger", "button").value("");
    let button = trigger(button, scripts, "oryPasskeySettingsRegistration", "onclick");
    let data = json!({"publicKey": creation()});
    vec![
        button.label(Message::info(1_050_019, "Add passkey")),
        Node::input("passkey", "passkey_settings_register", "hidden"),
        Node::input("passkey", "passkey_create_data", "hidden").value(data.to_string()),
    ]
}

/// Add a security key as second factor. Browsers only.
pub(crate) fn security_key(public_url: &str) -> Vec<Node> {
    let options = json!({"publicKey": creation()}).to_string();
    let button = Node::input("webauthn", "webauthn_register_trigger", "button")
        .attribute("onclick", format!("window.oryWebAuthnRegistration({options})"))
        .attribute("onclickTrigger", "oryWebAuthnRegistration")
        .value(options)
        .label(Message::info(1_050_012, "Add security key"));
    let name = Node::input("webauthn", "webauthn_register_displayname", "text").value("");
    vec![
        name.label(Message::info(1_050_013, "Name of the security key")),
        Node::input("webauthn", "webauthn_register", "hidden").value(""),
        button,
        script(public_url),
    ]
}

fn trigger(node: Node, scripts: Scripts, function: &str, event: &str) -> Node {
    let node = match scripts {
        Scripts::With => node.attribute(event, format!("window.{function}()")),
        Scripts::Without => node,
    };
    node.attribute(&format!("{event}Trigger"), function)
}

fn creation() -> Value {
    let mut options = Map::new();
    options.insert("rp".into(), json!({"name": "Testkit", "id": "localhost"}));
    options.insert("user".into(), json!({"name": "", "displayName": "", "id": secret::token("")}));
    options.insert("challenge".into(), secret::token("").into());
    options.insert("timeout".into(), 120_000.into());
    Value::Object(options)
}
