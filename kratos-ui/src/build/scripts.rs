//! Finds the function of `webauthn.js` that a node calls.

use kratos_model::flow::ui::{InputAttributes, WebAuthnTrigger};
use serde_json::value::RawValue;

/// A function of `webauthn.js`, and its argument: JSON, or empty.
pub(super) struct Call {
    pub(super) function: WebAuthnTrigger,
    pub(super) argument: String,
}

/// Returns what a click calls. `None` for a function that no release has.
pub(super) fn on_click(input: &InputAttributes) -> Option<Call> {
    match known(input.onclick_trigger.as_ref()) {
        Some(function) => Some(Call { function, argument: input.value_text().unwrap_or_default() }),
        None => parse(input.onclick.as_deref()?),
    }
}

/// Returns what the page calls once it is there.
pub(super) fn on_load(input: &InputAttributes) -> Option<WebAuthnTrigger> {
    known(input.onload_trigger.as_ref()).or_else(|| Some(parse(input.onload.as_deref()?)?.function))
}

fn known(trigger: Option<&WebAuthnTrigger>) -> Option<WebAuthnTrigger> {
    trigger.filter(|trigger| !matches!(trigger, WebAuthnTrigger::Other(_))).cloned()
}

/// Reads `window.__FUNCTION(JSON)`, all that Kratos 0.8 to 1.2 has in place of the function's name
/// (selfservice/strategy/webauthn/nodes.go at v1.0.0). Other code is neither read nor run.
fn parse(code: &str) -> Option<Call> {
    let (name, rest) = code.trim().strip_prefix("window.__")?.split_once('(')?;
    let argument = rest.trim_end_matches(';').strip_suffix(')')?.trim();
    if !argument.is_empty() {
        serde_json::from_str::<&RawValue>(argument).ok()?;
    }
    Some(Call { function: known(Some(&WebAuthnTrigger::from(name)))?, argument: argument.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_call_of_a_known_function_with_json_is_read() {
        for (code, expected) in [
            (r#"window.__oryWebAuthnLogin({"publicKey":{"a":")"}})"#, Some(r#"{"publicKey":{"a":")"}}"#)),
            ("window.__oryPasskeyLogin()", Some("")),
            ("window.__oryPasskeyLogin();", Some("")),
            ("window.__oryNew({})", None),
            ("window.__oryWebAuthnLogin({}); alert(1)", None),
            ("window.__oryWebAuthnLogin({}, alert(1))", None),
            ("window.__oryWebAuthnLogin(alert(1))", None),
            ("alert(1)", None),
            ("", None),
        ] {
            assert_eq!(parse(code).map(|call| call.argument).as_deref(), expected, "{code}");
        }
    }
}
