//! The bodies of the requests.

use serde_json::{Map, Value, json};

use crate::wire::Call;
use crate::world::World;
use crate::world::flow::Flow;

/// `clients.web_hook.header_allowlist`, as by default.
const HEADERS: [&str; 17] = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Content-Length",
    "Content-Type",
    "Origin",
    "Priority",
    "Referer",
    "Sec-Ch-Ua",
    "Sec-Ch-Ua-Mobile",
    "Sec-Ch-Ua-Platform",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Sec-Fetch-User",
    "True-Client-Ip",
    "User-Agent",
];

/// The identity and the session of a call, where it has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    pub(crate) identity: Option<Value>,
    pub(crate) session: Option<Value>,
}

pub(super) fn of(world: &World, call: &Call, event: &str, flow: &Flow, who: &Who) -> Value {
    let mut shown = world.flow_json(flow);
    if let Value::Object(shown) = &mut shown {
        shown.shift_remove("transient_payload");
        if !flow.payload.is_null() {
            shown.insert("transient_payload".into(), flow.payload.clone());
        }
    }
    let mut body = Map::new();
    body.insert("event".into(), event.into());
    body.insert("flow".into(), shown);
    body.insert("request_headers".into(), headers(call));
    body.insert("request_method".into(), call.method.as_str().into());
    body.insert("request_url".into(), call.requested_url(&world.public_url).into());
    for (name, value) in [("identity", &who.identity), ("session", &who.session)] {
        if let Some(value) = value {
            body.insert(name.into(), value.clone());
        }
    }
    Value::Object(body)
}

/// The allowed headers, by their names as Go writes them.
pub(super) fn headers(call: &Call) -> Value {
    let mut allowed = Map::new();
    for name in HEADERS {
        let values: Vec<&str> =
            call.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        if !values.is_empty() {
            allowed.insert(name.into(), json!(values));
        }
    }
    Value::Object(allowed)
}

/// Returns an identity that is not stored yet: nil ids, and times of the year 1 (Kratos 26.2.0).
pub(crate) fn unstored(mut identity: Value) -> Value {
    let nil = json!(uuid::Uuid::nil());
    let never = json!("0001-01-01T00:00:00Z");
    let mut blank = |part: &mut Value| {
        for (name, value) in [("id", &nil), ("created_at", &never), ("updated_at", &never)] {
            if let Some(known) = part.get_mut(name) {
                known.clone_from(value);
            }
        }
    };
    blank(&mut identity);
    for list in ["verifiable_addresses", "recovery_addresses"] {
        identity.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().for_each(&mut blank);
    }
    if let Some(url) = identity.get_mut("schema_url") {
        *url = json!("");
    }
    identity
}
