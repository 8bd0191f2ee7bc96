//! What the user sees.

use serde_json::Value;

/// What the user sees at the end of a flow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The flow is complete.
    Done,
    /// A message with this id is at this field of the form; above the form if it is empty.
    Message(String, i64),
    /// An error instead of the form: the status of the response and the code in its body.
    Error(u16, i64),
    /// The error page, with the error of this code.
    ErrorPage(i64),
    /// The connection closed without a response.
    Closed,
}

/// Returns the error in a body.
pub(crate) fn error(status: u16, body: &Value) -> Seen {
    Seen::Error(status, body.pointer("/error/code").and_then(Value::as_i64).unwrap_or_default())
}

/// Returns what a native app makes of a response.
pub(crate) fn seen(answer: Option<(u16, Value)>) -> Seen {
    let Some((status, body)) = answer else { return Seen::Closed };
    if body.get("session").is_some() || body.get("session_token").is_some() || body.get("identity").is_some()
    {
        let is_settings = body.get("state").is_some_and(|state| state != "success");
        if !is_settings {
            return Seen::Done;
        }
    }
    if body.pointer("/error/id").is_some_and(|id| id == "browser_location_change_required") {
        return Seen::Done;
    }
    let Some(ui) = body.get("ui") else { return error(status, &body) };
    if body.get("state").is_some_and(|state| state == "passed_challenge" || state == "success") {
        return Seen::Done;
    }
    let id = |messages: Option<&Value>| messages?.get(0)?.get("id")?.as_i64();
    if let Some(id) = id(ui.get("messages")) {
        return Seen::Message(String::new(), id);
    }
    let nodes = ui.get("nodes").and_then(Value::as_array).into_iter().flatten();
    let mut at = nodes.filter_map(|node| {
        let name = node.pointer("/attributes/name")?.as_str()?;
        Some(Seen::Message(name.to_owned(), id(node.get("messages"))?))
    });
    at.next().unwrap_or(Seen::Error(status, 0))
}
