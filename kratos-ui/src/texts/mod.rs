//! Texts and their translation.

mod catalog;
mod phrase;

use kratos_model::flow::ui::UiText;

pub use catalog::Catalog;
pub use phrase::Phrase;

/// A source of translations. For `None` the page shows Kratos' own text, or the English phrase.
///
/// [`Catalog`] holds translations as data. Implement the trait to use Fluent, gettext or another library.
pub trait Texts: Send + Sync {
    /// Returns the language, as in `<html lang>`. Default: `en`.
    fn lang(&self) -> &str {
        "en"
    }

    /// Returns the writing direction, as in `<html dir>`. Default: `ltr`.
    fn dir(&self) -> &str {
        "ltr"
    }

    /// Translates a message or label of Kratos, by its id and context. Default: `None`.
    fn message(&self, text: &UiText) -> Option<String> {
        let _ = text;
        None
    }

    /// Translates the label of a field, by its name, for example `traits.email`. Takes precedence over
    /// [`Texts::message`], since Kratos labels all traits with the same id (1070002). Default: `None`.
    fn label(&self, field: &str) -> Option<String> {
        let _ = field;
        None
    }

    /// Translates a phrase of this crate. Default: `None`.
    fn phrase(&self, phrase: Phrase) -> Option<String> {
        let _ = phrase;
        None
    }
}

/// Kratos' own texts and the English phrases.
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl Texts for English {}

/// Texts with the fallbacks applied.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a>(pub(crate) &'a dyn Texts);

impl Words<'_> {
    pub(crate) fn message(self, text: &UiText) -> String {
        self.0.message(text).unwrap_or_else(|| text.text.as_str().to_owned())
    }

    pub(crate) fn phrase(self, phrase: Phrase) -> String {
        self.0.phrase(phrase).unwrap_or_else(|| phrase.english().to_owned())
    }

    /// Returns the label of a field: translated, from Kratos, or made from the name.
    pub(crate) fn label(self, field: &str, label: Option<&UiText>) -> String {
        let given = || label.map(|label| self.message(label)).filter(|text| !text.trim().is_empty());
        self.0.label(field).or_else(given).unwrap_or_else(|| from_name(field))
    }
}

/// `traits.name.first_name` → `Name first name`.
fn from_name(field: &str) -> String {
    let name = field.strip_prefix("traits.").unwrap_or(field).replace(['.', '_', '-'], " ");
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_falls_back_to_the_field_name() {
        let words = Words(&English);
        assert_eq!(words.label("traits.name.first", None), "Name first");
        assert_eq!(words.label("email", None), "Email");
        assert_eq!(words.label("", None), "?");
        let mut blank = UiText::default();
        blank.text = " ".into();
        assert_eq!(words.label("email", Some(&blank)), "Email");
    }
}
