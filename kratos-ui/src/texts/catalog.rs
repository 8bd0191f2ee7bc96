//! Translations as data.

use std::collections::HashMap;

use kratos_model::flow::ui::UiText;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Phrase, Texts};

/// The translations for one language: messages by Kratos' id, labels by field name, phrases by key.
///
/// Deserialize it from any format that serde supports; every part is optional.
///
/// ```
/// # use kratos_ui::Catalog;
/// let german: Catalog = serde_json::from_str(r#"{
///     "lang": "de",
///     "messages": { "1010002": "Mit {provider} anmelden", "4000006": "Anmeldung fehlgeschlagen." },
///     "labels": { "traits.email": "E-Mail-Adresse" },
///     "phrases": { "login.title": "Anmelden" }
/// }"#)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `{name}` in a message is replaced by that value of the message's context. If the context lacks the value, the page
/// shows Kratos' own text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Catalog {
    lang: Option<String>,
    dir: Option<String>,
    messages: HashMap<i64, String>,
    labels: HashMap<String, String>,
    phrases: HashMap<String, String>,
}

impl Catalog {
    /// Creates an empty catalog for a language, for example `de` or `pt-BR`.
    #[must_use]
    pub fn new(lang: &str) -> Self {
        Self { lang: Some(lang.to_owned()), ..Self::default() }
    }

    /// Sets the writing direction: `rtl` for Arabic or Hebrew. Default: `ltr`.
    #[must_use]
    pub fn with_dir(mut self, dir: &str) -> Self {
        self.dir = Some(dir.to_owned());
        self
    }

    /// Adds a message or label of Kratos, by its id (Kratos 26.2.0, text/id.go).
    #[must_use]
    pub fn with_message(mut self, id: i64, text: &str) -> Self {
        self.messages.insert(id, text.to_owned());
        self
    }

    /// Adds the label of a field, by the field's name.
    #[must_use]
    pub fn with_label(mut self, field: &str, text: &str) -> Self {
        self.labels.insert(field.to_owned(), text.to_owned());
        self
    }

    /// Adds a phrase of this crate.
    #[must_use]
    pub fn with_phrase(mut self, phrase: Phrase, text: &str) -> Self {
        self.phrases.insert(phrase.key().to_owned(), text.to_owned());
        self
    }
}

impl Texts for Catalog {
    fn lang(&self) -> &str {
        self.lang.as_deref().unwrap_or("en")
    }

    fn dir(&self) -> &str {
        self.dir.as_deref().unwrap_or("ltr")
    }

    fn message(&self, text: &UiText) -> Option<String> {
        let template = self.messages.get(&text.id)?;
        if !template.contains('{') {
            return Some(template.clone());
        }
        let context: Map<String, Value> =
            text.context.as_ref().and_then(|context| context.parse().ok()).unwrap_or_default();
        fill(template, &context)
    }

    fn label(&self, field: &str) -> Option<String> {
        self.labels.get(field).cloned()
    }

    fn phrase(&self, phrase: Phrase) -> Option<String> {
        self.phrases.get(phrase.key()).cloned()
    }
}

/// Replaces the placeholders by values of the context, once. Returns `None` if a value is missing, a list or an object.
fn fill(template: &str, context: &Map<String, Value>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        match context.get(name)? {
            Value::String(value) => filled.push_str(value),
            Value::Number(value) => filled.push_str(&value.to_string()),
            Value::Bool(value) => filled.push_str(&value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: i64, context: &str) -> UiText {
        serde_json::from_str(&format!(r#"{{"id":{id},"text":"own","type":"info","context":{context}}}"#))
            .unwrap()
    }

    #[test]
    fn placeholders_are_replaced_once() {
        let catalog = Catalog::new("de").with_message(1, "{a} und {b}.").with_message(2, "{a");
        let filled = |id, context| catalog.message(&text(id, context));
        assert_eq!(filled(1, r#"{"a":"{b}","b":7}"#).as_deref(), Some("{b} und 7."));
        assert_eq!(filled(1, r#"{"a":"x"}"#), None, "a missing value keeps Kratos' text");
        assert_eq!(filled(1, r#"{"a":[],"b":1}"#), None);
        assert_eq!(filled(1, "7"), None);
        assert_eq!(filled(2, r#"{"a":1}"#), None, "a broken template keeps Kratos' text");
        assert_eq!(filled(3, "{}"), None);
    }

    #[test]
    fn phrase_keys_are_unique() {
        let keys: std::collections::HashSet<_> = Phrase::ALL.iter().map(|phrase| phrase.key()).collect();
        assert_eq!(keys.len(), Phrase::ALL.len());
    }
}
