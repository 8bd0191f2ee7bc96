//! Forms, fields and buttons.

use std::collections::BTreeMap;

use kratos_model::{
    QuietText,
    flow::ui::{NodeGroup, WebAuthnTrigger},
};
use serde::Serialize;

use super::{Message, Severity};

/// A form. The browser submits it to Kratos with `method="post"`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Form {
    /// The URL to submit to: `http`, `https` or relative.
    pub action: QuietText,
    /// The test id of Ory's reference pages, for example `login-flow`.
    pub test_id: Option<String>,
    /// The hidden inputs, among them the CSRF token.
    pub hidden: Vec<HiddenField>,
    /// The visible fields, in order.
    pub fields: Vec<Field>,
    /// Elements that a script fills, for example a captcha.
    pub containers: Vec<Container>,
    /// The buttons. The Enter key presses the first submit button.
    pub buttons: Vec<Button>,
}

impl Form {
    /// Returns whether the form works only with JavaScript.
    #[must_use]
    pub fn requires_script(&self) -> bool {
        self.fields.iter().all(|field| field.group == NodeGroup::Webauthn)
            && self.buttons.iter().all(|button| matches!(button.action, ButtonAction::Trigger { .. }))
    }

    /// Returns whether the form has no visible element.
    #[must_use]
    pub fn is_invisible(&self) -> bool {
        self.fields.is_empty() && self.buttons.is_empty() && self.containers.is_empty()
    }
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
    /// The method that the field belongs to.
    pub group: NodeGroup,
    /// The control.
    pub control: Control,
    /// Whether the browser requires a value. False if another button of the form needs none.
    pub required: bool,
    /// Whether the field is disabled.
    pub disabled: bool,
    /// The autofill hint.
    pub autocomplete: Option<String>,
    /// The `inputmode`, which selects the on-screen keyboard.
    pub inputmode: Option<&'static str>,
    /// The pattern that a value must match.
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
    /// A checkbox. Kratos reads `true`, and requires a hidden `false` of the same name before it.
    Checkbox {
        /// Whether it is checked.
        checked: bool,
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
