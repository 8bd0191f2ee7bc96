//! Builds fields, buttons and hidden inputs from input nodes.

use kratos_model::RawJson;
use kratos_model::flow::ui::{Autocomplete, InputAttributes, InputType, NodeGroup, UiNode, WebAuthnTrigger};
use serde_json::Value;

use super::Config;
use crate::view::{
    Button, ButtonAction, ButtonStyle, Choice, Control, Field, HiddenField, Message, PageKind,
};

pub(super) fn hidden(input: &InputAttributes) -> HiddenField {
    HiddenField {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        on_load: known(input.onload_trigger.as_ref()),
    }
}

pub(super) fn submit(
    config: &Config<'_>,
    node: &UiNode,
    input: &InputAttributes,
    messages: Vec<Message>,
) -> Button {
    Button {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        label: config.words.label(&input.name, node.label()),
        group: node.group.clone(),
        action: ButtonAction::Submit { validate: false },
        style: style(&input.name),
        disabled: input.disabled,
        messages,
    }
}

/// Builds a button that calls a function of `webauthn.js`. Returns `None` for unknown functions.
pub(super) fn trigger(config: &Config<'_>, node: &UiNode, input: &InputAttributes) -> Option<Button> {
    let function = known(input.onclick_trigger.as_ref())?;
    Some(Button {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        label: config.words.label(&input.name, node.label()),
        group: node.group.clone(),
        action: ButtonAction::Trigger { function },
        style: ButtonStyle::Secondary,
        disabled: input.disabled,
        messages: Vec::new(),
    })
}

fn known(trigger: Option<&WebAuthnTrigger>) -> Option<WebAuthnTrigger> {
    trigger.filter(|trigger| !matches!(trigger, WebAuthnTrigger::Other(_))).cloned()
}

/// Returns the style of a button that is not the primary one of its form.
fn style(name: &str) -> ButtonStyle {
    match name {
        "resend" | "email" | "screen" | "recovery_confirm_address" => ButtonStyle::Quiet,
        "unlink" | "totp_unlink" | "lookup_secret_disable" | "webauthn_remove" | "passkey_remove" => {
            ButtonStyle::Danger
        }
        _ => ButtonStyle::Secondary,
    }
}

pub(super) fn field(
    config: &Config<'_>,
    page: PageKind,
    index: usize,
    node: &UiNode,
    input: &InputAttributes,
    messages: Vec<Message>,
) -> Field {
    let control = control(config, input);
    // HTML requires a `required` checkbox to be checked; Kratos only requires `true` or `false`.
    let required = input.required && !matches!(control, Control::Checkbox { .. });
    let is_code = is_code(node, input);
    Field {
        name: input.name.clone(),
        id: format!("field-{index}"),
        label: config.words.label(&input.name, node.label()),
        group: node.group.clone(),
        required,
        disabled: input.disabled,
        autocomplete: autocomplete(page, input, is_code),
        inputmode: is_code.then_some("numeric"),
        pattern: input.pattern.clone().filter(|pattern| !pattern.is_empty()),
        maxlength: input.maxlength.and_then(|length| u32::try_from(length).ok()).filter(|length| *length > 0),
        control,
        messages,
    }
}

fn control(config: &Config<'_>, input: &InputAttributes) -> Control {
    let value = input.value_text();
    if !input.options.is_empty() {
        return Control::Select { choices: choices(config, input, value.unwrap_or_default()) };
    }
    let kind = match &input.kind {
        Some(InputType::Checkbox) => {
            let value = input.value.as_ref().map(RawJson::to_value);
            let checked = match value {
                Some(Value::Bool(checked)) => checked,
                Some(Value::String(text)) => text == "true",
                _ => false,
            };
            return Control::Checkbox { checked };
        }
        Some(InputType::Password) => return Control::Input { kind: "password", value: None },
        Some(InputType::Number) => "number",
        Some(InputType::Email) => "email",
        Some(InputType::Tel) => "tel",
        Some(InputType::Url) => "url",
        Some(InputType::Date) => "date",
        // Kratos accepts times with a zone, which this control would drop.
        Some(InputType::DatetimeLocal) if value.as_deref().is_none_or(is_local_time) => "datetime-local",
        _ => "text",
    };
    // A field of this name never shows its value, whatever its type.
    let value = value.filter(|_| input.name != "password");
    Control::Input { kind, value: value.map(Into::into) }
}

fn is_local_time(value: &str) -> bool {
    value.is_empty()
        || (value.contains('T') && value.chars().all(|c| c.is_ascii_digit() || "-:T.".contains(c)))
}

fn choices(config: &Config<'_>, input: &InputAttributes, chosen: String) -> Vec<Choice> {
    let mut choices: Vec<Choice> = input
        .options
        .iter()
        .map(|option| {
            let value = match option.value.as_ref().map(RawJson::to_value) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text,
                Some(other) => other.to_string(),
            };
            let label = option.label.as_ref().map(|label| config.words.message(label));
            let label = label.filter(|label| !label.is_empty()).unwrap_or_else(|| value.clone());
            Choice { selected: value == chosen, value: value.into(), label }
        })
        .collect();
    // Without this, the browser would select the first option and so change the value.
    if !choices.iter().any(|choice| choice.selected) {
        let label =
            if chosen.is_empty() { config.words.phrase(crate::Phrase::NoChoice) } else { chosen.clone() };
        choices.insert(0, Choice { value: chosen.into(), label, selected: true });
    }
    choices
}

/// Returns whether a field expects a numeric code. Backup codes have letters.
fn is_code(node: &UiNode, input: &InputAttributes) -> bool {
    input.name == "totp_code" || (input.name == "code" && node.group == NodeGroup::Code)
}

/// Returns the autofill hint: from Kratos, or by the field's name for releases that send none.
fn autocomplete(page: PageKind, input: &InputAttributes, is_code: bool) -> Option<String> {
    if let Some(hint) = &input.autocomplete {
        let plain = hint.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || b" -".contains(&byte));
        return plain.then(|| hint.as_str().to_owned()).filter(|hint| !hint.is_empty());
    }
    let known = match (input.name.as_str(), &input.kind) {
        _ if is_code => Autocomplete::OneTimeCode,
        ("identifier" | "password_identifier", _) => Autocomplete::Username,
        (_, Some(InputType::Password)) if page.flow_name() == "login" => Autocomplete::CurrentPassword,
        (_, Some(InputType::Password)) => Autocomplete::NewPassword,
        (_, Some(InputType::Email)) => Autocomplete::Email,
        (_, Some(InputType::Tel)) => Autocomplete::Tel,
        ("lookup_secret", _) => return Some("off".to_owned()),
        _ => return None,
    };
    Some(known.as_str().to_owned())
}
