//! Texts for people.

use serde::de::DeserializeOwned;

use crate::wire::{QuietText, RawJson, open_enum, wire_struct};

wire_struct! {
    /// A text that Kratos shows: a message or a label.
    ///
    /// Translate by `id` and `context`, and fall back to `text`. Newer releases add ids, so never match all.
    pub struct UiText {
        required {}
        optional {
            /// Which text (26.2.0 `text/id.go`), for example 4000006 for wrong credentials; `0` if untold.
            id: i64 = "id",
            /// The text in English. It may quote what was typed or hold a secret to enrol.
            text: QuietText = "text",
            /// What it says about the form.
            kind: Option<MessageType> = "type",
            /// The values in the text, by name.
            context: Option<RawJson> = "context",
        }
    }
}

open_enum! {
    /// What a text says about the form.
    pub enum MessageType {
        /// Something to know.
        Info = "info",
        /// Something was wrong.
        Error = "error",
        /// Something worked (0.11 and later).
        Success = "success",
    }
}

impl UiText {
    /// Whether it says that something was wrong.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.kind == Some(MessageType::Error)
    }

    /// A value of the context, by name, as a type of yours.
    #[must_use]
    pub fn context_value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let mut context: serde_json::Map<String, serde_json::Value> = self.context.as_ref()?.parse().ok()?;
        serde_json::from_value(context.remove(name)?).ok()
    }
}
