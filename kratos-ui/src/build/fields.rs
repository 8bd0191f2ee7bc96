//! From input nodes to fields, buttons and hidden values.

use kratos_core::flow::ui::{Autocomplete, InputAttributes, InputType, NodeGroup, UiNode, WebAuthnTrigger};
use kratos_core::model::RawJson;
use serde_json::Value;

use super::Config;
use crate::view::{Button, ButtonAction, ButtonLook, Choice, Control, Field, Hidden, Message, PageKind};

pub(super) fn hidden(input: &InputAttributes) -> Hidden {
    Hidden {
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
        look: look(&input.name),
        disabled: input.disabled,
        messages,
    }
}

/// A button that calls a function of `webauthn.js`; `None` if it is none of the six.
pub(super) fn trigger(config: &Config<'_>, node: &UiNode, input: &InputAttributes) -> Option<Button> {
    let function = known(input.onclick_trigger.as_ref())?;
    Some(Button {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        label: config.words.label(&input.name, node.label()),
        group: node.group.clone(),
        action: ButtonAction::Trigger { function },
        look: ButtonLook::Secondary,
        disabled: input.disabled,
        messages: Vec::new(),
    })
}

fn known(trigger: Option<&WebAuthnTrigger>) -> Option<WebAuthnTrigger> {
    trigger.filter(|trigger| !matches!(trigger, WebAuthnTrigger::Other(_))).cloned()
}

/// How a button looks that is not the primary one of its form.
fn look(name: &str) -> ButtonLook {
    match name {
        "resend" | "email" | "screen" | "recovery_confirm_address" => ButtonLook::Quiet,
        "unlink" | "totp_unlink" | "lookup_secret_disable" | "webauthn_remove" | "passkey_remove" => {
            ButtonLook::Danger
        }
        _ => ButtonLook::Secondary,
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
    // `required` on a checkbox would mean “has to be ticked”; Kratos means “has to be true or false”.
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
            let ticked = input.value.as_ref().map(RawJson::to_value);
            let checked = match ticked {
                Some(Value::Bool(ticked)) => ticked,
                Some(Value::String(ticked)) => ticked == "true",
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
        // Kratos keeps times with their zone, which this control cannot show: it would drop such a value.
        Some(InputType::DatetimeLocal) if value.as_deref().is_none_or(is_local_time) => "datetime-local",
        _ => "text",
    };
    // Whatever its type, a field of this name never shows what was typed.
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
    // Nothing chosen stays possible, and no value is changed by looking at the page.
    if !choices.iter().any(|choice| choice.selected) {
        let label =
            if chosen.is_empty() { config.words.phrase(crate::Phrase::NoChoice) } else { chosen.clone() };
        choices.insert(0, Choice { value: chosen.into(), label, selected: true });
    }
    choices
}

/// Whether a field asks for a code of digits. Backup codes have letters.
fn is_code(node: &UiNode, input: &InputAttributes) -> bool {
    input.name == "totp_code" || (input.name == "code" && node.group == NodeGroup::Code)
}

/// What the browser may fill in: as Kratos says, or by the field's name where an older one does not.
fn autocomplete(page: PageKind, input: &InputAttributes, is_code: bool) -> Option<String> {
    if let Some(told) = &input.autocomplete {
        let plain = told.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || b" -".contains(&byte));
        return plain.then(|| told.as_str().to_owned()).filter(|told| !told.is_empty());
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
