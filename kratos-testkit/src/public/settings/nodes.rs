//! The form of the settings, in the order of its groups.

use base64::Engine;
use serde_json::{Value, json};

use crate::exchange::Exchange;
use crate::ui::passkey::{self, Scripts};
use crate::ui::{Message, Node, text};
use crate::webauthn::{Party, keys_of};
use crate::world::credential::authenticator;
use crate::world::flow::Flow;
use crate::world::identity::Identity;
use crate::world::picture::smaller;

pub(super) fn all(exchange: &Exchange<'_>, flow: &Flow) -> Vec<Node> {
    let world = &exchange.world;
    let methods = &world.config.methods;
    let Some(person) = flow.identity.and_then(|id| world.identity(id)) else { return Vec::new() };
    let party = Party::of(&world.config);
    let mut nodes = vec![Node::csrf(&flow.csrf)];
    if let Some(schema) = world.config.schema(&person.schema_id) {
        nodes.extend(schema.nodes("profile", &person.traits));
    }
    nodes.push(Node::submit("profile", "profile", text::save()));
    if methods.password {
        nodes.push(Node::password("new-password"));
        nodes.push(Node::submit("password", "password", text::save()));
    }
    if let Some((id, label)) = &methods.provider {
        let is_linked = person.linked().contains(&id.as_str());
        let context = json!({ "provider": label });
        if !is_linked {
            let text = Message::info(1_050_002, format!("Link {label}")).with(context);
            nodes.push(Node::input("oidc", "link", "submit").value(id.as_str()).label(text));
        } else if person.first_factors(methods.passwordless_code) > 1 {
            let text = Message::info(1_050_003, format!("Unlink {label}")).with(context);
            nodes.push(Node::input("oidc", "unlink", "submit").value(id.as_str()).label(text));
        }
    }
    if methods.lookup_secret {
        nodes.extend(backup_codes(person));
    }
    if methods.webauthn && flow.is_browser() {
        let keys = keys_of(person, "webauthn");
        let options = party.new_security_key(&flow.keys.security_key, "", person.id.as_bytes());
        nodes.extend(passkey::security_key(&world.public_url, &keys, &options));
    }
    if methods.passkey {
        let (scripts, keys) = (Scripts::of(flow.is_browser()), keys_of(person, "passkey"));
        let is_last = person.first_factors(methods.passwordless_code) < 2;
        let name = person.traits.get("email").and_then(Value::as_str).unwrap_or_default();
        let options = party.new_passkey(&flow.keys.passkey, name);
        nodes.extend(passkey::settings(scripts, &keys, is_last, &options));
    }
    if methods.totp {
        nodes.extend(totp(person, &flow.offered.totp));
    }
    nodes
}

fn backup_codes(person: &Identity) -> Vec<Node> {
    if person.credentials.contains_key("lookup_secret") {
        return vec![reveal(), disable()];
    }
    vec![regenerate()]
}

fn reveal() -> Node {
    lookup_button("lookup_secret_reveal", 1_050_007, "Reveal backup recovery codes")
}

pub(super) fn regenerate() -> Node {
    lookup_button("lookup_secret_regenerate", 1_050_008, "Generate new backup recovery codes")
}

pub(super) fn disable() -> Node {
    lookup_button("lookup_secret_disable", 1_050_016, "Disable this method")
}

pub(super) fn confirm() -> Node {
    lookup_button("lookup_secret_confirm", 1_050_011, "Confirm backup recovery codes")
}

fn lookup_button(name: &str, id: u64, label: &str) -> Node {
    Node::input("lookup_secret", name, "submit").value("true").label(Message::info(id, label))
}

/// The backup codes, each as its text or the time it was used.
pub(super) fn codes(codes: &[Value]) -> Node {
    let word = |code: &Value, key: &str| code.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut texts = Vec::new();
    let mut secrets = Vec::new();
    for code in codes {
        let secret = word(code, "code").unwrap_or_default();
        if let Some(used_at) = word(code, "used_at") {
            texts.push("used".to_owned());
            let text =
                format!("Secret was used at {} +0000 UTC", used_at.replace('T', " ").trim_end_matches('Z'));
            let unix = code.get("used_at_unix").cloned().unwrap_or_default();
            let context = json!({ "used_at": used_at, "used_at_unix": unix });
            secrets.push(Message::info(1_050_014, text).with(context).json());
        } else {
            secrets.push(Message::info(1_050_009, secret.as_str()).with(json!({ "secret": secret })).json());
            texts.push(secret);
        }
    }
    let text = Message::info(1_050_015, texts.join(", ")).with(json!({ "secrets": secrets }));
    Node::text("lookup_secret", "lookup_secret_codes", &text).label(Message::info(
        1_050_010,
        "These are your back up recovery codes. Please keep them in a safe place!",
    ))
}

/// A new secret to enrol, or a button that removes the enrolled one.
fn totp(person: &Identity, secret: &str) -> Vec<Node> {
    if person.credentials.contains_key("totp") {
        let label = Message::info(1_050_004, "Unlink TOTP Authenticator App");
        return vec![Node::input("totp", "totp_unlink", "submit").value("true").required().label(label)];
    }
    let account = person.traits.get("email").and_then(Value::as_str).unwrap_or_default();
    let picture = authenticator(secret, account).and_then(|totp| totp.to_qr_png().ok()).unwrap_or_default();
    let picture = smaller(&picture).unwrap_or(picture);
    let source =
        format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(picture));
    let text = Message::info(1_050_006, secret).with(json!({ "secret": secret }));
    vec![
        Node::image("totp", "totp_qr", &source, 256)
            .label(Message::info(1_050_005, "Authenticator app QR code")),
        Node::text("totp", "totp_secret_key", &text).label(Message::info(
            1_050_017,
            "This is your authenticator app secret. Use it if you can not scan the QR code.",
        )),
        Node::input("totp", "totp_code", "text").required().label(text::verify_code()),
        Node::submit("totp", "totp", text::save()),
    ]
}
