//! Draws list traits.
//!
//! Kratos draws the list itself as a text field without a value and each of its entries as a field, `NAME.0` and so on. It
//! reads the list from all values of the name `NAME`, and ignores those of the entries (Kratos 26.2.0,
//! ui/container/container.go and x/decoderx/http.go).

use kratos_model::flow::ui::{InputAttributes, InputType, UiNode};

use super::{Config, shapes::TraitShape};
use crate::{
    Phrase,
    view::{Button, ButtonAction, ButtonStyle, Choice, Control, Field, Form, HiddenField},
};

/// Returns the name of the list that a field is an entry of, if the flow has a field for the list.
pub(super) fn list_of<'a>(input: &'a InputAttributes, nodes: &[UiNode]) -> Option<&'a str> {
    let (list, index) = input.name.rsplit_once('.')?;
    let is_index = !index.is_empty() && index.len() <= 6 && index.bytes().all(|byte| byte.is_ascii_digit());
    let is_drawn = || nodes.iter().filter_map(UiNode::input).any(|other| other.name == list);
    (is_index && list.starts_with("traits.") && is_drawn()).then_some(list)
}

/// Returns whether a field is a list: by its entries or the schema.
pub(super) fn is_list(input: &InputAttributes, shape: Option<&TraitShape>, nodes: &[UiNode]) -> bool {
    shape.is_some_and(|shape| shape.is_list)
        || (input.name.starts_with("traits.")
            && nodes
                .iter()
                .filter_map(UiNode::input)
                .any(|other| list_of(other, nodes) == Some(input.name.as_str())))
}

/// Draws a list with the entries that the flow has.
pub(super) fn control(
    config: &Config<'_>,
    input: &InputAttributes,
    shape: Option<&TraitShape>,
    nodes: &[UiNode],
) -> Control {
    let items = items(input, nodes);
    let kind = items.first().map(|(_, item)| kind(item)).or_else(|| shape.and_then(|shape| shape.kind));
    let mut entries: Vec<Choice> = entries(input, nodes)
        .into_iter()
        .map(|value| {
            let label = if value.is_empty() { config.words.phrase(Phrase::NoChoice) } else { value.clone() };
            Choice { value: value.into(), label, selected: true }
        })
        .collect();
    let choices = shape.map_or(&[][..], |shape| shape.choices.as_slice());
    for choice in choices {
        if !entries.iter().any(|entry| entry.value == choice.as_str()) {
            entries.push(Choice { value: choice.as_str().into(), label: choice.clone(), selected: false });
        }
    }
    let add = choices.is_empty().then_some(kind.unwrap_or("text"));
    Control::List { entries, add }
}

/// Returns the hidden inputs of a trait that an earlier step took, and `None` for other inputs.
///
/// A trait without a value is left out: Kratos reads an empty one as none, and in a list as an entry.
pub(super) fn hidden(
    input: &InputAttributes,
    shape: Option<&TraitShape>,
    nodes: &[UiNode],
) -> Option<Vec<HiddenField>> {
    if !input.name.starts_with("traits.") {
        return None;
    }
    let hidden = |value: String| HiddenField { name: input.name.clone(), value: value.into(), on_load: None };
    let values = match is_list(input, shape, nodes) {
        true => entries(input, nodes),
        false => input.value_text().filter(|value| !value.is_empty()).into_iter().collect(),
    };
    Some(values.into_iter().map(hidden).collect())
}

/// Returns the entries of a list, in order.
fn entries(input: &InputAttributes, nodes: &[UiNode]) -> Vec<String> {
    let mut items = items(input, nodes);
    items.sort_by_key(|(index, _)| *index);
    // A list of one posted value, which Kratos shows in the field of the list.
    let own = input.value_text().filter(|value| !value.is_empty() && items.is_empty());
    items.iter().map(|(_, item)| item.value_text().unwrap_or_default()).chain(own).collect()
}

fn items<'a>(input: &InputAttributes, nodes: &'a [UiNode]) -> Vec<(usize, &'a InputAttributes)> {
    nodes
        .iter()
        .filter_map(UiNode::input)
        .filter(|item| list_of(item, nodes) == Some(input.name.as_str()))
        .filter_map(|item| Some((item.name.rsplit_once('.')?.1.parse().ok()?, item)))
        .collect()
}

fn kind(item: &InputAttributes) -> &'static str {
    match item.kind {
        Some(InputType::Number) => "number",
        Some(InputType::Email) => "email",
        Some(InputType::Tel) => "tel",
        Some(InputType::Url) => "url",
        Some(InputType::Date) => "date",
        _ => "text",
    }
}

/// Returns the hint that an entry can be removed.
pub(super) fn hint(config: &Config<'_>, field: &Field) -> Option<String> {
    let Control::List { entries, add: Some(_) } = &field.control else { return None };
    (!entries.is_empty()).then(|| config.words.phrase(Phrase::ListRemove))
}

/// Builds the forms that add an entry without a script: one for each list. Each submits the other fields as they are saved.
pub(super) fn addition_forms(config: &Config<'_>, form: &Form) -> Vec<Form> {
    let Some(method) = form.buttons.iter().find(|button| button.name == "method") else { return Vec::new() };
    let lists = form.fields.iter().filter(|field| !field.required && !field.disabled);
    lists
        .filter_map(|field| {
            let Control::List { add: Some(kind), .. } = field.control else { return None };
            let add = config.words.phrase(Phrase::ListAdd);
            let mut hidden = form.hidden.clone();
            hidden.extend(form.fields.iter().flat_map(saved));
            let addition = Field {
                id: format!("{}-add", field.id),
                control: Control::Input { kind, value: None },
                label: format!("{}: {add}", field.label),
                required: true,
                hint: None,
                messages: Vec::new(),
                ..field.clone()
            };
            let button = Button {
                label: add,
                label_lang: None,
                action: ButtonAction::Submit { validate: true },
                style: ButtonStyle::Secondary,
                messages: Vec::new(),
                ..method.clone()
            };
            Some(Form {
                action: form.action.clone(),
                test_id: None,
                field_test_ids: Vec::new(),
                label: None,
                hidden,
                username: None,
                keeps: None,
                fields: vec![addition],
                containers: Vec::new(),
                buttons: vec![button],
                without_script: true,
            })
        })
        .collect()
}

/// Returns what a field submits if it is not changed.
fn saved(field: &Field) -> Vec<HiddenField> {
    let hidden = |value| HiddenField { name: field.name.clone(), value, on_load: None };
    if field.disabled {
        return Vec::new();
    }
    match &field.control {
        Control::Input { value, .. } => value.iter().cloned().map(hidden).collect(),
        Control::Checkbox { checked: true, .. } => vec![hidden("true".into())],
        Control::Checkbox { sends_false, .. } => {
            sends_false.then(|| hidden("false".into())).into_iter().collect()
        }
        Control::List { entries: choices, .. } | Control::Select { choices } => choices
            .iter()
            .filter(|choice| choice.selected)
            .map(|choice| hidden(choice.value.clone()))
            .collect(),
    }
}
