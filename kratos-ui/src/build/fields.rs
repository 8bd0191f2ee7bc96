//! Builds fields, buttons and hidden inputs from input nodes.

use kratos_model::RawJson;
use kratos_model::flow::ui::{Autocomplete, InputAttributes, InputType, NodeGroup, UiNode};
use serde_json::Value;

use super::{
    Config, lists, logos,
    order::is_single_sign_on,
    scripts::{self, Call},
    shapes::TraitShape,
};
use crate::Phrase;
use crate::view::{
    Button, ButtonAction, ButtonStyle, Choice, Control, Field, HiddenField, Message, PageKind,
};

pub(super) fn hidden(input: &InputAttributes) -> HiddenField {
    HiddenField {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        on_load: scripts::on_load(input),
    }
}

pub(super) fn submit(
    config: &Config<'_>,
    page: PageKind,
    node: &UiNode,
    input: &InputAttributes,
    messages: Vec<Message>,
) -> Button {
    // The first of two steps: Kratos calls both buttons “Sign up”.
    let is_first_step =
        page == PageKind::Registration && node.group == NodeGroup::Profile && input.name == "method";
    let label = match is_first_step && config.words.0.label(&input.name).is_none() {
        true => config.words.phrase(Phrase::Continue),
        false => config.words.label(&input.name, node.label()),
    };
    Button {
        name: input.name.clone(),
        value: input.value_text().unwrap_or_default().into(),
        label,
        label_lang: config.words.label_lang(&input.name, node.label()),
        logo: is_single_sign_on(&node.group)
            .then(|| logos::logo(config.logos, &input.value_text().unwrap_or_default()))
            .flatten(),
        group: node.group.clone(),
        action: ButtonAction::Submit { validate: false },
        style: style(&input.name),
        disabled: input.disabled,
        messages,
    }
}

/// Builds a button that calls a function of `webauthn.js`. Returns `None` for unknown functions.
pub(super) fn trigger(config: &Config<'_>, node: &UiNode, input: &InputAttributes) -> Option<Button> {
    let Call { function, argument } = scripts::on_click(input)?;
    Some(Button {
        name: input.name.clone(),
        value: argument.into(),
        label: config.words.label(&input.name, node.label()),
        label_lang: config.words.label_lang(&input.name, node.label()),
        logo: None,
        group: node.group.clone(),
        action: ButtonAction::Trigger { function },
        style: ButtonStyle::Secondary,
        disabled: input.disabled,
        messages: Vec::new(),
    })
}

/// Returns the style of a button that is not the primary one of its form.
fn style(name: &str) -> ButtonStyle {
    match name {
        // The button that sends a code again is named by its channel.
        "resend" | "email" | "sms" | "screen" | "recovery_confirm_address" => ButtonStyle::Quiet,
        "unlink"
        | "totp_unlink"
        | "lookup_secret_disable"
        | "webauthn_remove"
        | "passkey_remove"
        | "deviceauthn_remove" => ButtonStyle::Danger,
        _ => ButtonStyle::Secondary,
    }
}

pub(super) fn field(
    config: &Config<'_>,
    page: PageKind,
    (index, nodes): (usize, &[UiNode]),
    node: &UiNode,
    input: &InputAttributes,
    messages: Vec<Message>,
) -> Field {
    let shape = config.shapes.get(&input.name);
    let control = match lists::is_list(input, shape, nodes) {
        true => lists::control(config, input, shape, nodes),
        false => control(config, input, shape),
    };
    let required = match &control {
        // HTML requires a `required` checkbox to be checked; Kratos only requires `true` or `false`, unless the schema
        // demands one value.
        Control::Checkbox { .. } => {
            shape.is_some_and(|shape| shape.must_be_true) && input.required
                || messages.iter().any(|message| CONST.contains(&message.id))
        }
        // A box among others cannot be required, and one checked entry is enough.
        Control::List { entries, add } => {
            input.required && add.is_some() && !entries.iter().any(|entry| entry.selected)
        }
        _ => input.required,
    };
    let is_code = is_code(node, input);
    let hint = hint(config, page, input);
    let label = match &input.kind {
        Some(InputType::Password)
            if page == PageKind::Settings && config.words.0.label(&input.name).is_none() =>
        {
            config.words.phrase(Phrase::NewPassword)
        }
        _ => config.words.label(&input.name, node.label()),
    };
    let is_box = matches!(control, Control::Checkbox { .. });
    let mut field = Field {
        optional: !input.required && !is_box && input.name.starts_with("traits."),
        name: input.name.clone(),
        id: format!("field-{index}"),
        label,
        label_lang: config.words.label_lang(&input.name, node.label()),
        group: node.group.clone(),
        required,
        disabled: input.disabled,
        autocomplete: autocomplete(page, input, is_code),
        inputmode: is_code.then_some("numeric"),
        hint,
        pattern: input.pattern.as_deref().and_then(|pattern| html_pattern(&input.name, pattern)),
        maxlength: input.maxlength.and_then(|length| u32::try_from(length).ok()).filter(|length| *length > 0),
        control,
        messages,
    };
    if field.hint.is_none() {
        field.hint = lists::hint(config, &field);
    }
    field
}

/// Returns the explanation of a field that its label does not give.
fn hint(config: &Config<'_>, page: PageKind, input: &InputAttributes) -> Option<String> {
    let phrase = match (input.name.as_str(), page) {
        _ if input.kind == Some(InputType::DatetimeLocal) => Phrase::DateTimeHint,
        ("totp_code", PageKind::Login | PageKind::Refresh | PageKind::SecondFactor) => Phrase::EnterTotp,
        ("lookup_secret", _) => Phrase::EnterLookupSecret,
        _ => return None,
    };
    Some(config.words.phrase(phrase))
}

/// The ids of the message that a value is not the one that the schema demands (Kratos 1.1 and later, text/id.go).
const CONST: [i64; 2] = [4_000_029, 4_000_030];

/// Returns a pattern of HTML, which matches whole values, for one of JSON Schema, which matches a part.
///
/// Kratos matches by Go's regular expressions. A browser ignores a pattern that its own dialect does not have, but would
/// refuse good values by one that it understands otherwise: a class inside a class, `&&` and `--`.
fn html_pattern(name: &str, pattern: &str) -> Option<String> {
    if pattern.is_empty() {
        return None;
    }
    // Kratos wrote the patterns of codes for HTML.
    if !name.starts_with("traits.") {
        return Some(pattern.to_owned());
    }
    let differs =
        ["[:", "&&", "--", "[^["].iter().any(|part| pattern.contains(part)) || pattern.contains("[[");
    (!differs).then(|| format!(".*(?:{pattern}).*"))
}

fn control(config: &Config<'_>, input: &InputAttributes, shape: Option<&TraitShape>) -> Control {
    let value = input.value_text();
    if let Some(shape) = shape.filter(|shape| input.options.is_empty() && !shape.choices.is_empty()) {
        return Control::Select { choices: choices_of(config, input, &shape.choices) };
    }
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
            // A trait that is not there stays so until the box is checked. Kratos requires the name of a required one.
            let is_there = input.value.as_ref().is_some_and(|value| !value.to_value().is_null());
            let optional_true = shape.is_some_and(|shape| shape.must_be_true) && !input.required;
            let sends_false = (is_there || input.required) && !optional_true;
            return Control::Checkbox { checked, sends_false };
        }
        Some(InputType::Password) => return Control::Input { kind: "password", value: None },
        Some(InputType::Number) => "number",
        Some(InputType::Email) => "email",
        Some(InputType::Tel) => "tel",
        Some(InputType::Url) => "url",
        Some(InputType::Date) => "date",
        // A time needs a zone (RFC 3339), which `datetime-local` does not have.
        _ => "text",
    };
    // A field of this name never shows its value, whatever its type.
    let value = value.filter(|_| input.name != "password");
    Control::Input { kind, value: value.map(Into::into) }
}

/// Returns the values that a schema allows, and the trait's own if it is another.
fn choices_of(config: &Config<'_>, input: &InputAttributes, allowed: &[String]) -> Vec<Choice> {
    let chosen = input.value_text().unwrap_or_default();
    let choice = |value: &String| Choice {
        selected: *value == chosen,
        value: value.as_str().into(),
        label: value.clone(),
    };
    with_chosen(config, allowed.iter().map(choice).collect(), chosen)
}

fn choices(config: &Config<'_>, input: &InputAttributes, chosen: String) -> Vec<Choice> {
    let choices: Vec<Choice> = input
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
    with_chosen(config, choices, chosen)
}

fn with_chosen(config: &Config<'_>, mut choices: Vec<Choice>, chosen: String) -> Vec<Choice> {
    // Without this, the browser would select the first option and so change the value.
    if !choices.iter().any(|choice| choice.selected) {
        let label = if chosen.is_empty() { config.words.phrase(Phrase::NoChoice) } else { chosen.clone() };
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
