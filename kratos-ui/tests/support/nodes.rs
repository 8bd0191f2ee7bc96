//! Flows made by hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::must_use_candidate
)]
#![allow(dead_code, unreachable_pub, reason = "every suite uses a part of it")]

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
