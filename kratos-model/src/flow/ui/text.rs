//! Texts.

use serde::de::DeserializeOwned;

use crate::wire::{QuietText, RawJson, open_enum, wire_struct};

wire_struct! {
    /// A text for users: a message or a label.
    ///
    /// Translate by `id` and `context`, and fall back to `text`: newer releases add ids.
    pub struct UiText {
        required {}
        optional {
            /// The text's id (Kratos 26.2.0, text/id.go), for example 4000006 for wrong credentials; `0` for none.
            id: i64 = "id",
            /// The text in English. It may quote user input or hold a TOTP secret.
            text: QuietText = "text",
            /// The severity.
            kind: Option<MessageType> = "type",
            /// The values used in the text, by name.
            context: Option<RawJson> = "context",
        }
    }
}

open_enum! {
    /// The severity of a message.
    pub enum MessageType {
        /// Information.
        Info = "info",
        /// An error.
        Error = "error",
        /// A success (0.11 and later).
        Success = "success",
    }
}

impl UiText {
    /// Returns whether the text is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.kind == Some(MessageType::Error)
    }

    /// Returns a value of the context, deserialized into `T`.
    #[must_use]
    pub fn context_value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let mut context: serde_json::Map<String, serde_json::Value> = self.context.as_ref()?.parse().ok()?;
        serde_json::from_value(context.remove(name)?).ok()
    }
}
