//! A field: its label, control and messages.

use dioxus::prelude::*;
use kratos_ui::view::{Choice, Control, Field};

use crate::page::message;

pub(crate) fn field(field: &Field) -> Element {
    rsx! {
        div { class: "field",
            label { r#for: "{field.id}", "{field.label}" }
            {control(field)}
            if let Some(hint) = &field.hint {
                p { id: field.hint_id(), "{hint}" }
            }
            div { id: field.messages_id(), {field.messages.iter().map(message)} }
        }
    }
}

fn control(field: &Field) -> Element {
    let Field { name, id, required, disabled, .. } = field;
    let (required, disabled) = (*required, *disabled);
    let described = Some(field.described_by()).filter(|ids| !ids.is_empty());
    let invalid = field.is_invalid().then_some("true");
    match &field.control {
        Control::Input { kind, value } => rsx! {
            input {
                r#type: *kind,
                name: "{name}",
                id: "{id}",
                value: value.as_ref().map(ToString::to_string),
                required,
                disabled,
                autocomplete: field.autocomplete.clone(),
                inputmode: field.inputmode,
                pattern: field.pattern.clone(),
                maxlength: field.maxlength.map(i64::from),
                aria_describedby: described,
                aria_invalid: invalid,
            }
        },
        Control::Checkbox { checked, sends_false } => rsx! {
            if *sends_false {
                input { r#type: "hidden", name: "{name}", value: "false" }
            }
            input {
                r#type: "checkbox",
                name: "{name}",
                id: "{id}",
                value: "true",
                checked: *checked,
                disabled,
                aria_describedby: described,
            }
        },
        Control::Select { choices } => rsx! {
            select { name: "{name}", id: "{id}", required, disabled, aria_describedby: described,
                {choices.iter().map(option)}
            }
        },
        Control::List { entries, add } => rsx! {
            for entry in entries {
                label {
                    input { r#type: "checkbox", name: "{name}", value: "{entry.value}", checked: entry.selected }
                    "{entry.label}"
                }
            }
            // An empty input would be stored as an empty entry.
            if let (Some(kind), true) = (add, required) {
                input { r#type: *kind, name: "{name}", id: "{id}", required }
            }
        },
        _ => rsx! {},
    }
}

fn option(choice: &Choice) -> Element {
    rsx! {
        option { value: "{choice.value}", selected: choice.selected, "{choice.label}" }
    }
}
