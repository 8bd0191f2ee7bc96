//! What a page says about the whole of its sections.

use kratos_model::{QuietText, flow::ui::NodeGroup};

use super::Config;
use crate::{
    texts::Phrase,
    view::{ButtonStyle, Control, Field, Message, Notice, Section, Severity, View},
};

/// The ids of the messages that explain a code that was sent (Kratos 26.2.0, text/id.go).
const CODE_SENT: [i64; 7] = [1_010_014, 1_010_025, 1_040_005, 1_060_003, 1_060_004, 1_080_003, 1_080_004];

/// The button that confirms new backup codes.
const CONFIRM_CODES: &str = "lookup_secret_confirm";

/// Explains the field for a code that was sent, where Kratos does not: after a wrong code it only says so.
pub(super) fn explain_code(config: &Config<'_>, view: &mut View) {
    if view.messages.iter().any(|message| CODE_SENT.contains(&message.id)) {
        return;
    }
    let fields =
        view.sections.iter_mut().flat_map(|section| &mut section.forms).flat_map(|form| &mut form.fields);
    for field in fields.filter(|field| field.name == "code" && field.group == NodeGroup::Code) {
        field.hint.get_or_insert_with(|| config.words.phrase(Phrase::EnterCode));
    }
}

/// Names the user in forms with a password alone, so that password managers store and fill the right one.
/// In forms that also ask for the user, as on registration, one field is the user name: the schema's identifier, the address, or
/// the first trait.
pub(super) fn name_user(config: &Config<'_>, view: &mut View, user: Option<&QuietText>) {
    let named =
        |field: &Field| field.autocomplete.as_deref().is_some_and(|hint| hint.starts_with("username"));
    for form in view.sections.iter_mut().flat_map(|section| &mut section.forms) {
        if !form.fields.iter().any(Field::is_password) || form.fields.iter().any(named) {
            continue;
        }
        let is_input = |field: &Field| {
            matches!(field.control, Control::Input { .. }) && field.name.starts_with("traits.")
        };
        let is_identifier =
            |field: &Field| config.shapes.get(&field.name).is_some_and(|shape| shape.is_identifier);
        let is_address = |field: &Field| matches!(field.control, Control::Input { kind: "email", .. });
        let ranks: [&dyn Fn(&Field) -> bool; 3] = [&is_identifier, &is_address, &is_input];
        let found =
            ranks.iter().find_map(|fits| form.fields.iter().position(|field| is_input(field) && fits(field)));
        match found.and_then(|index| form.fields.get_mut(index)) {
            Some(field) => field.autocomplete = Some("username".to_owned()),
            None => form.username = user.cloned(),
        }
    }
}

/// Makes one action of a settings page the primary one, and says at the top what happened further down.
pub(super) fn settle(config: &Config<'_>, view: &mut View) {
    let pending = view.sections.iter().position(awaits_confirmation);
    let primary = pending.unwrap_or(0);
    for (index, section) in view.sections.iter_mut().enumerate() {
        for button in section.forms.iter_mut().flat_map(|form| &mut form.buttons) {
            if button.name == CONFIRM_CODES {
                button.style = ButtonStyle::Primary;
            } else if button.style == ButtonStyle::Primary && index != primary {
                button.style = ButtonStyle::Secondary;
            }
        }
    }
    let mut notices = Vec::new();
    for (index, section) in view.sections.iter().enumerate() {
        let message = match first_error(section) {
            Some(error) => error.clone(),
            None if Some(index) == pending => Message {
                id: 0,
                text: config.words.phrase(Phrase::ConfirmLookupSecrets).into(),
                lang: None,
                reason: None,
                severity: Severity::Info,
            },
            None => continue,
        };
        let Some(title) = section.title.clone() else { continue };
        let anchor = section.anchor().to_owned();
        notices.push(Notice { anchor, title, message });
    }
    view.notices = notices;
}

/// Returns whether the section shows new backup codes that are not in use yet.
fn awaits_confirmation(section: &Section) -> bool {
    section.forms.iter().flat_map(|form| &form.buttons).any(|button| button.name == CONFIRM_CODES)
}

fn first_error(section: &Section) -> Option<&Message> {
    let fields = section.forms.iter().flat_map(|form| &form.fields).flat_map(|field| &field.messages);
    let buttons = section.forms.iter().flat_map(|form| &form.buttons).flat_map(|button| &button.messages);
    fields.chain(buttons).find(|message| message.severity == Severity::Error)
}
