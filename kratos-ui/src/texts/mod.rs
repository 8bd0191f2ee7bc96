//! Texts and their translation.

mod catalog;
mod phrase;

use kratos_core::flow::ui::UiText;

pub use catalog::Catalog;
pub use phrase::Phrase;

/// Where the pages' texts come from. Every method may answer `None`: then Kratos' own text is shown, or the
/// English phrase.
///
/// [`Catalog`] is the one for translations kept as data; implement this for Fluent, gettext and their like.
pub trait Texts: Send + Sync {
    /// The language of the pages, as in `<html lang>`. Default: `en`.
    fn lang(&self) -> &str {
        "en"
    }

    /// The direction of its script, as in `<html dir>`. Default: `ltr`.
    fn dir(&self) -> &str {
        "ltr"
    }

    /// A message or label of Kratos, by its id and context.
    fn message(&self, text: &UiText) -> Option<String> {
        let _ = text;
        None
    }

    /// The label of the field of that name, for example `traits.email`. It goes before [`Texts::message`],
    /// since Kratos gives all traits one id (1070002) and the title that your identity schema has.
    fn label(&self, field: &str) -> Option<String> {
        let _ = field;
        None
    }

    /// A phrase of the pages' own.
    fn phrase(&self, phrase: Phrase) -> Option<String> {
        let _ = phrase;
        None
    }
}

/// Kratos' own texts and English phrases: nothing is translated.
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

    /// A field's label. Without one in the catalog or from Kratos it is made of the name.
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
    fn labels_are_made_of_names_where_kratos_has_none() {
        let words = Words(&English);
        assert_eq!(words.label("traits.name.first", None), "Name first");
        assert_eq!(words.label("email", None), "Email");
        assert_eq!(words.label("", None), "?");
        let mut blank = UiText::new();
        blank.text = " ".into();
        assert_eq!(words.label("email", Some(&blank)), "Email");
    }
}
