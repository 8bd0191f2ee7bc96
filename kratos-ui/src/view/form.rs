//! Forms and what is in them.

use std::collections::BTreeMap;

use kratos_core::{
    flow::ui::{NodeGroup, WebAuthnTrigger},
    model::QuietText,
};
use serde::Serialize;

use super::{Message, Severity};

/// A form. It is always sent with `method="post"`, by the browser straight to Kratos.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Form {
    /// Where it is sent: `http`, `https` or relative.
    pub action: QuietText,
    /// Ory's test id, for example `login-flow`.
    pub test_id: Option<String>,
    /// What is sent unseen, the CSRF token among it.
    pub hidden: Vec<Hidden>,
    /// What is filled in, in order.
    pub fields: Vec<Field>,
    /// What a script fills, for example a captcha.
    pub containers: Vec<Container>,
    /// The buttons. The Enter key presses the first one that submits.
    pub buttons: Vec<Button>,
}

impl Form {
    /// Whether nobody can do anything with it but a script.
    #[must_use]
    pub fn needs_script(&self) -> bool {
        self.fields.iter().all(|field| field.group == NodeGroup::Webauthn)
            && self.buttons.iter().all(|button| matches!(button.action, ButtonAction::Trigger { .. }))
    }

    /// Whether there is nothing in it to see.
    #[must_use]
    pub fn is_invisible(&self) -> bool {
        self.fields.is_empty() && self.buttons.is_empty() && self.containers.is_empty()
    }
}

/// A value that is sent unseen.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// Its value; empty where Kratos has none.
    pub value: QuietText,
    /// The function of `webauthn.js` to call once when the page is there.
    pub on_load: Option<WebAuthnTrigger>,
}

/// Something to fill in.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// Its name in what is sent.
    pub name: String,
    /// An id that is unique on the page, for `<label for>`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Which method it belongs to.
    pub group: NodeGroup,
    /// What it looks like.
    pub control: Control,
    /// Whether the browser insists on a value. Not set where another button of the form does without.
    pub required: bool,
    /// Whether it cannot be changed.
    pub disabled: bool,
    /// What the browser may fill in.
    pub autocomplete: Option<String>,
    /// Which keyboard a telephone shows.
    pub inputmode: Option<&'static str>,
    /// The pattern of a value.
    pub pattern: Option<String>,
    /// The longest value, in UTF-16 units.
    pub maxlength: Option<u32>,
    /// What Kratos says about it.
    pub messages: Vec<Message>,
}

impl Field {
    /// Whether a message says that its value was wrong.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// The id of its messages' element, for `aria-describedby`.
    #[must_use]
    pub fn messages_id(&self) -> String {
        format!("{}-messages", self.id)
    }
}

/// What a field looks like.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "control", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Control {
    /// An `<input>`.
    Input {
        /// Its type: `text`, `password`, `email`, `tel`, `url`, `number`, `date` or `datetime-local`.
        kind: &'static str,
        /// Its value. A password has none, ever.
        value: Option<QuietText>,
    },
    /// A checkbox. Kratos reads `true`, and needs a hidden `false` of the same name before it.
    Checkbox {
        /// Whether it is ticked.
        checked: bool,
    },
    /// A choice of values.
    Select {
        /// The values.
        choices: Vec<Choice>,
    },
}

/// A value to choose.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// What is sent.
    pub value: QuietText,
    /// What is shown.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// An element that a script fills.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Container {
    /// Its id.
    pub id: Option<String>,
    /// Its class.
    pub class: Option<String>,
    /// Its `data-…` attributes, without that prefix: small letters, digits and hyphens.
    pub data: BTreeMap<String, String>,
}

/// A button.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Button {
    /// Its name in what is sent.
    pub name: String,
    /// Its value in what is sent, or the argument of its trigger.
    pub value: QuietText,
    /// What it says.
    pub label: String,
    /// Which method it belongs to.
    pub group: NodeGroup,
    /// What it does.
    pub action: ButtonAction,
    /// How it looks.
    pub look: ButtonLook,
    /// Whether it cannot be pressed.
    pub disabled: bool,
    /// What Kratos says about it.
    pub messages: Vec<Message>,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ButtonAction {
    /// Sends the form.
    Submit {
        /// Whether the browser checks the fields first.
        validate: bool,
    },
    /// Calls a function of `webauthn.js`, which then sends the form.
    Trigger {
        /// Which; always one of the six that are known.
        function: WebAuthnTrigger,
    },
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ButtonLook {
    /// What most people want.
    Primary,
    /// Another way.
    Secondary,
    /// Back or once more.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonLook {
    /// Its CSS class.
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
