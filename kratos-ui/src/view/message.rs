//! What Kratos says.

use kratos_core::{flow::ui::MessageType, model::QuietText};
use serde::Serialize;

/// A message.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// Kratos' id of it; `0` if it has none.
    pub id: i64,
    /// The text. It may quote what was typed.
    pub text: QuietText,
    /// How it is meant.
    pub severity: Severity,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Something was wrong.
    Error,
    /// Something to know.
    Info,
    /// Something worked.
    Success,
}

impl Severity {
    /// Its CSS class: `error`, `info`, `success`.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Info => "info",
            Self::Success => "success",
        }
    }

    /// Its ARIA role: errors interrupt, the rest waits.
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
