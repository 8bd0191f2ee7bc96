//! Handwritten flows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::must_use_candidate,
    clippy::needless_pass_by_value
)]
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

use serde_json::{Value, json};

pub fn login(nodes: &[Value]) -> Value {
    let mut all = vec![hidden("default", "csrf_token", "csrf")];
    all.extend_from_slice(nodes);
    json!({
        "id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b",
        "type": "browser",
        "request_url": "https://auth.example/self-service/login/browser",
        "ui": {
            "action": "https://auth.example/self-service/login?flow=1",
            "method": "POST",
            "nodes": all,
        },
    })
}

pub fn input(group: &str, name: &str, kind: &str, value: Value, label: &str) -> Value {
    let label = if label.is_empty() {
        json!({})
    } else {
        json!({"label": {"id": 1070002, "text": label, "type": "info"}})
    };
    json!({
        "type": "input",
        "group": group,
        "attributes": {"node_type": "input", "name": name, "type": kind, "value": value},
        "messages": [],
        "meta": label,
    })
}

pub fn hidden(group: &str, name: &str, value: &str) -> Value {
    input(group, name, "hidden", json!(value), "")
}

pub fn submit(group: &str, name: &str, value: &str) -> Value {
    input(group, name, "submit", json!(value), value)
}

pub fn with(mut node: Value, path: &str, value: Value) -> Value {
    *node.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
    node
}

/// Malicious text.
pub const SCRIPT: &str =
    "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>{{7*7}}";

/// Returns a login flow in which every text is [`SCRIPT`].
pub fn hostile() -> Value {
    let text =
        json!({"id": 1, "text": SCRIPT, "type": SCRIPT, "context": {"secrets": [{"id": 2, "text": SCRIPT}]}});
    let mut flow = login(&[
        with(input("default", SCRIPT, "text", json!(SCRIPT), SCRIPT), "/messages", json!([text])),
        with(submit(SCRIPT, SCRIPT, SCRIPT), "/messages", json!([text])),
        hidden(SCRIPT, SCRIPT, SCRIPT),
        input("default", "options", SCRIPT, json!({"a": SCRIPT}), SCRIPT),
        json!({"type": "text", "group": SCRIPT, "attributes": {"id": SCRIPT, "text": text}, "meta": {"label": text}}),
        json!({"type": "a", "group": "code", "attributes": {"id": SCRIPT, "href": "https://x/\"><script>", "title": text}}),
        json!({"type": "div", "group": "captcha", "attributes": {"id": SCRIPT, "class": SCRIPT, "data": {"x onload": "1", "ory-onclick": "oryPasskeyLogin", "ok": SCRIPT}}}),
        json!({"type": SCRIPT, "group": SCRIPT, "attributes": {"x": SCRIPT}}),
        json!({"type": "input", "group": "code", "attributes": {"name": "o", "options": [{"value": SCRIPT, "label": text}], "autocomplete": SCRIPT, "pattern": SCRIPT}}),
    ]);
    flow["ui"]["messages"] = json!([text]);
    flow["return_to"] = json!(SCRIPT);
    flow
}
