//! Decodes a call.

use std::collections::BTreeMap;

use kratos_model::{__private::decode_salvaging, Identity, RawJson, Session};
use serde::de::DeserializeOwned;

use super::{HookCall, HookIds, HookRequest, Subject as _};
use crate::{
    HookDecodeError,
    event::{self, HookEvent},
    quiet::Quiet,
};

/// Of bodies with cookies, which each call of a hook would write.
static LINES: Quiet = Quiet::new();

pub(super) fn decode<E: HookEvent, T: DeserializeOwned>(
    ids: HookIds,
    body: &[u8],
) -> Result<HookCall<E, T>, HookDecodeError> {
    let mut parts: BTreeMap<String, RawJson> =
        serde_json::from_slice(body).map_err(|_| HookDecodeError::new(".", "not a JSON object"))?;
    check_event::<E>(&mut parts)?;
    if parts.remove("request_cookies").is_some()
        && let Some(suppressed) = LINES.pass()
    {
        tracing::warn!(
            target: "kratos",
            suppressed,
            "the body of a web hook holds the user's cookies, which were dropped: use the Jsonnet of kratos_hooks::jsonnet \
             in the hook's `config.body`"
        );
    }
    let flow = read(&mut parts, "flow")?.ok_or_else(|| HookDecodeError::new("flow", "missing"))?;
    let identity: Option<Identity> = read(&mut parts, "identity")?;
    let session: Option<Session> = read(&mut parts, "session").unwrap_or_default();
    let request = HookRequest {
        method: read(&mut parts, "request_method").ok().flatten().unwrap_or_default(),
        url: read(&mut parts, "request_url").ok().flatten().unwrap_or_default(),
        headers: read(&mut parts, "request_headers").ok().flatten().unwrap_or_default(),
    };
    let identity = E::Identity::<T>::of(identity)?;
    Ok(HookCall { flow, identity, session, request, ids, extra: parts })
}

/// Refuses the body of another event: two routes were confused. A body that does not name its event is of a Jsonnet of
/// the application's own.
fn check_event<E: HookEvent>(parts: &mut BTreeMap<String, RawJson>) -> Result<(), HookDecodeError> {
    let Some(named) = parts.remove("event") else { return Ok(()) };
    let is_same = named.parse::<String>().is_ok_and(|named| named == event::name_of::<E>());
    if is_same { Ok(()) } else { Err(HookDecodeError::new("event", "the hook of another flow or time")) }
}

fn read<V: DeserializeOwned>(
    parts: &mut BTreeMap<String, RawJson>,
    name: &str,
) -> Result<Option<V>, HookDecodeError> {
    let Some(part) = parts.remove(name) else { return Ok(None) };
    if part.as_str() == "null" {
        return Ok(None);
    }
    decode_salvaging(part.as_str().as_bytes())
        .map(Some)
        .map_err(|error| HookDecodeError::within(name, &error))
}
