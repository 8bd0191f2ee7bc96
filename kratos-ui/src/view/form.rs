//! Forms, fields and buttons.

use std::collections::BTreeMap;

use kratos_model::{
    QuietText,
    flow::ui::{NodeGroup, WebAuthnTrigger},
};
use serde::Serialize;

use super::{Message, Severity};
use crate::html::Html;

/// A form. The browser submits it to Kratos with `method="post"`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Form {
    /// The URL to submit to: `http`, `https` or relative.
    pub action: QuietText,
    /// The test id of Ory's reference pages, for example `login-flow`.
    pub test_id: Option<String>,
    /// The test ids around the fields: those of the forms that Ory's reference pages have for each method, for example
    /// `login-flow-code`.
    pub field_test_ids: Vec<String>,
    /// The name of the form for screen readers, where several forms have the same fields.
    pub label: Option<String>,
    /// The hidden inputs, among them the CSRF token.
    pub hidden: Vec<HiddenField>,
    /// The user's identifier, for password managers, in a form that asks for a password and not for it.
    pub username: Option<QuietText>,
    /// The visible fields, in order.
    pub fields: Vec<Field>,
    /// Elements that a script fills, for example a captcha.
    pub containers: Vec<Container>,
    /// The buttons. The Enter key presses the first submit button.
    pub buttons: Vec<Button>,
    /// What a script must post in place of the fields `traits.…`, in a form that would lose traits otherwise.
    pub keeps: Option<KeptTraits>,
    /// Whether the form replaces something that needs a script, and is to be shown only without one, in `<noscript>`.
    pub without_script: bool,
}

impl Form {
    /// Returns whether the form works only with JavaScript.
    #[must_use]
    pub fn requires_script(&self) -> bool {
        (self.fields.is_empty() || !self.buttons.is_empty())
            && self.buttons.iter().all(|button| matches!(button.action, ButtonAction::Trigger { .. }))
    }

    /// Returns whether a list of the form has an input for another entry, which needs a script unless it is required.
    #[must_use]
    pub fn adds_entries(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.control, Control::List { add: Some(_), .. }))
    }

    /// Returns whether the form has no visible element.
    #[must_use]
    pub fn is_invisible(&self) -> bool {
        self.fields.is_empty() && self.buttons.is_empty() && self.containers.is_empty()
    }
}

/// Traits that a form has no fields for. Without a script the form is not to be shown.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct KeptTraits {
    /// All traits of the identity, as JSON: a script posts them as `traits`, with what the user changed. It may hold a secret.
    pub json: QuietText,
    /// The names of the traits whose values are numbers, or lists of them.
    pub numbers: Vec<String>,
    /// The names of the traits whose values are booleans, or lists of them.
    pub booleans: Vec<String>,
    /// The names of the traits that are lists.
    pub lists: Vec<String>,
    /// What to show without a script.
    pub without_script: String,
}

/// A hidden input.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct HiddenField {
    /// The name.
    pub name: String,
    /// The value; empty if Kratos sent none.
    pub value: QuietText,
    /// The function of `webauthn.js` to call once the page has loaded.
    pub on_load: Option<WebAuthnTrigger>,
}

/// A visible field.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// The name in the submitted form.
    pub name: String,
    /// An id for `<label for>`, unique on the page.
    pub id: String,
    /// The label.
    pub label: String,
    /// The language of the label, if it is not the page's.
    pub label_lang: Option<&'static str>,
    /// The method that the field belongs to.
    pub group: NodeGroup,
    /// The control.
    pub control: Control,
    /// Whether the label says that the field may stay empty: an optional trait.
    pub optional: bool,
    /// Whether the browser requires a value. False if another button of the form needs none.
    pub required: bool,
    /// Whether the field is disabled.
    pub disabled: bool,
    /// The autofill hint.
    pub autocomplete: Option<String>,
    /// The `inputmode`, which selects the on-screen keyboard.
    pub inputmode: Option<&'static str>,
    /// An explanation of the expected value.
    pub hint: Option<String>,
    /// The pattern that a whole value must match, as HTML has it.
    pub pattern: Option<String>,
    /// The maximum length of a value, in UTF-16 code units.
    pub maxlength: Option<u32>,
    /// The messages about the field.
    pub messages: Vec<Message>,
}

impl Field {
    /// Returns whether any message is an error.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// Returns the id of the element with the messages, for `aria-describedby`.
    #[must_use]
    pub fn messages_id(&self) -> String {
        format!("{}-messages", self.id)
    }

    pub(crate) fn is_password(&self) -> bool {
        matches!(self.control, Control::Input { kind: "password", .. })
    }

    /// Returns the value of an input for an e-mail address.
    pub(crate) fn address(&self) -> Option<&QuietText> {
        match &self.control {
            Control::Input { kind: "email", value } => value.as_ref().filter(|value| !value.is_empty()),
            _ => None,
        }
    }

    /// Returns the id of the element with the hint, for `aria-describedby`.
    #[must_use]
    pub fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    /// Returns the ids of the elements that describe the field, separated by spaces; empty if there are none.
    #[must_use]
    pub fn described_by(&self) -> String {
        let hint = self.hint.is_some().then(|| self.hint_id());
        let messages = (!self.messages.is_empty()).then(|| self.messages_id());
        hint.into_iter().chain(messages).collect::<Vec<_>>().join(" ")
    }
}

/// The control of a field.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "control", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Control {
    /// An `<input>`.
    Input {
        /// The type: `text`, `password`, `email`, `tel`, `url`, `number`, `date` or `datetime-local`.
        kind: &'static str,
        /// The value; always `None` for a password.
        value: Option<QuietText>,
    },
    /// A checkbox with the value `true`.
    Checkbox {
        /// Whether it is checked.
        checked: bool,
        /// Whether a hidden `false` of the same name precedes it. Without one, an unchecked box submits nothing, and Kratos
        /// leaves the trait out.
        sends_false: bool,
    },
    /// A list. Kratos reads it from several values of the same name, and would store an empty one.
    List {
        /// The entries: checkboxes, of which the checked ones are submitted.
        entries: Vec<Choice>,
        /// The type of the input for another entry, as in [`Control::Input`]. `None` if there are no other entries.
        /// Without a script that leaves out empty values, show it only if the field is required.
        add: Option<&'static str>,
    },
    /// A `<select>`.
    Select {
        /// The options.
        choices: Vec<Choice>,
    },
}

/// An option of a `<select>`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// The submitted value.
    pub value: QuietText,
    /// The label.
    pub label: String,
    /// Whether the option is selected.
    pub selected: bool,
}

/// An element that a script fills.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Container {
    /// The id.
    pub id: Option<String>,
    /// The CSS class.
    pub class: Option<String>,
    /// The `data-…` attributes, without the prefix: lowercase letters, digits and hyphens.
    pub data: BTreeMap<String, String>,
    /// What to show without a script.
    pub without_script: Option<String>,
}

impl Container {
    /// Returns whether the element is the place of a Turnstile captcha.
    pub(crate) fn is_turnstile(&self) -> bool {
        self.data.contains_key("kratos-turnstile")
    }
}

/// A button.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Button {
    /// The name in the submitted form.
    pub name: String,
    /// The value in the submitted form, or the argument of the trigger.
    pub value: QuietText,
    /// The label.
    pub label: String,
    /// The language of the label, if it is not the page's.
    pub label_lang: Option<&'static str>,
    /// The logo of a single sign-on provider, which stands before the label. It says nothing that the label does not.
    pub logo: Option<Html>,
    /// The method that the button belongs to.
    pub group: NodeGroup,
    /// The action.
    pub action: ButtonAction,
    /// The style.
    pub style: ButtonStyle,
    /// Whether the button is disabled.
    pub disabled: bool,
    /// The messages about the button.
    pub messages: Vec<Message>,
}

/// The action of a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ButtonAction {
    /// Submits the form.
    Submit {
        /// Whether the browser validates the fields first.
        validate: bool,
    },
    /// Calls a function of `webauthn.js`, which then submits the form.
    Trigger {
        /// The function; never [`WebAuthnTrigger::Other`].
        function: WebAuthnTrigger,
    },
}

/// The style of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ButtonStyle {
    /// The main action of the page.
    Primary,
    /// An alternative.
    Secondary,
    /// Going back or resending.
    Quiet,
    /// Removing something.
    Danger,
}

impl ButtonStyle {
    /// Returns the CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}
