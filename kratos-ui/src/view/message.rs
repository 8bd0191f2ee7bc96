//! Messages.

use kratos_model::{QuietText, flow::ui::MessageType};
use serde::Serialize;

/// A message.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// Kratos' id of the text; `0` for none.
    pub id: i64,
    /// The text. It may quote user input.
    pub text: QuietText,
    /// The language of the text, if it is not the page's: `en` for a text that only Kratos has.
    pub lang: Option<&'static str>,
    /// What only Kratos knows, in English, for example a validator's reason. Shown after the text.
    pub reason: Option<QuietText>,
    /// The severity.
    pub severity: Severity,
}

impl Message {
    pub(crate) fn error(text: impl Into<QuietText>) -> Self {
        Self::new(Severity::Error, text)
    }
}

/// What happened in a section of a page, with a link to it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Notice {
    /// The id of the section's element, without `#`.
    pub anchor: String,
    /// The heading of the section.
    pub title: String,
    /// The message. `id` may repeat that of the section.
    pub message: Message,
}

/// The severity of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// An error.
    Error,
    /// Information.
    Info,
    /// A success.
    Success,
}

impl Severity {
    /// Returns the CSS class: `error`, `info` or `success`.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Info => "info",
            Self::Success => "success",
        }
    }

    /// Returns the ARIA role: `alert` for errors, `status` otherwise.
    #[must_use]
    pub fn role(self) -> &'static str {
        if self == Self::Error { "alert" } else { "status" }
    }
}

impl From<Option<&MessageType>> for Severity {
    fn from(kind: Option<&MessageType>) -> Self {
        match kind {
            Some(MessageType::Error) => Self::Error,
            Some(MessageType::Success) => Self::Success,
            _ => Self::Info,
        }
    }
}
