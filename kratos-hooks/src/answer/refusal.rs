//! Messages for the user.

use std::fmt;

use http::StatusCode;
use kratos_model::{QuietText, RawJson};
use serde::Serialize;

use super::HookResponse;

/// A message for the user in the flow's form.
#[derive(Clone, Debug, Serialize)]
pub struct HookMessage {
    id: i64,
    text: QuietText,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<RawJson>,
}

impl HookMessage {
    /// Returns an error message. `id` identifies the text for translation: choose ids of your own, for example from
    /// 9 000 000; Kratos' own are below 6 000 000.
    #[must_use]
    pub fn error(id: i64, text: impl Into<String>) -> Self {
        Self { id, text: text.into().into(), kind: "error", context: None }
    }

    /// Returns an informative message. The flow is refused all the same.
    #[must_use]
    pub fn info(id: i64, text: impl Into<String>) -> Self {
        Self { kind: "info", ..Self::error(id, text) }
    }

    /// Adds data for the page that shows the message. The user's browser receives it.
    #[must_use]
    pub fn with_context(mut self, context: RawJson) -> Self {
        self.context = Some(context);
        self
    }
}

/// The field of the form that a message is shown at.
///
/// A field that the form does not have becomes a node of its own, of that name (26.2.0 and 1.3.1), which most pages do not
/// show: use [`HookRefusal::form`] where in doubt.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldPointer(String);

impl FieldPointer {
    /// Returns a trait by its path: `["name", "first"]` is the field `traits.name.first`.
    #[must_use]
    pub fn of_trait<'a>(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self(path.into_iter().fold("#/traits".to_owned(), |pointer, name| pointer + "/" + &escape(name)))
    }

    /// Returns a field of the form by its name, such as `password`.
    #[must_use]
    pub fn of_field(name: &str) -> Self {
        Self(format!("#/{}", escape(name)))
    }

    /// Returns the JSON pointer, for example `#/traits/email`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FieldPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Escapes a segment of a JSON pointer in a URL's fragment (RFC 6901, section 6), which Kratos unescapes as such (26.2.0,
/// jsonschemax/pointer.go). Where that fails, it shows the message above the form.
fn escape(name: &str) -> String {
    name.replace('%', "%25").replace('~', "~0").replace('/', "~1")
}

/// Why a flow is refused: one message or more, at fields or above the form.
#[derive(Clone, Debug)]
#[must_use = "pass it to `HookCall::refuse`"]
pub struct HookRefusal(Vec<(String, HookMessage)>);

impl HookRefusal {
    /// Refuses with a message above the form.
    pub fn form(message: HookMessage) -> Self {
        Self(vec![("#/".to_owned(), message)])
    }

    /// Refuses with a message at a field.
    pub fn field(field: &FieldPointer, message: HookMessage) -> Self {
        Self(vec![(field.0.clone(), message)])
    }

    /// Adds a message above the form.
    pub fn with_form(mut self, message: HookMessage) -> Self {
        self.0.push(("#/".to_owned(), message));
        self
    }

    /// Adds a message at a field.
    pub fn with_field(mut self, field: &FieldPointer, message: HookMessage) -> Self {
        self.0.push((field.0.clone(), message));
        self
    }

    pub(crate) fn into_response(self) -> HookResponse {
        #[derive(Serialize)]
        struct Body<'a> {
            messages: Vec<At<'a>>,
        }
        #[derive(Serialize)]
        struct At<'a> {
            instance_ptr: &'a str,
            messages: [&'a HookMessage; 1],
        }
        let at = |(pointer, message)| At { instance_ptr: pointer, messages: [message] };
        let messages = self.0.iter().map(|(pointer, message)| at((pointer.as_str(), message))).collect();
        HookResponse::json(StatusCode::BAD_REQUEST, &Body { messages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_escaped_as_kratos_unescapes_it() {
        assert_eq!(FieldPointer::of_trait(["name", "first"]).as_str(), "#/traits/name/first");
        assert_eq!(FieldPointer::of_trait(["a/b~c%zz"]).as_str(), "#/traits/a~1b~0c%25zz");
        assert_eq!(FieldPointer::of_field("50%").as_str(), "#/50%25");
    }
}
