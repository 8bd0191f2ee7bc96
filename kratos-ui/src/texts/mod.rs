//! Texts and their translation.

mod age;
mod catalog;
mod phrase;

use std::time::Duration;

use kratos_model::{Timestamp, flow::ui::UiText};

pub(crate) use age::Age;
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

    /// Translates a message of Kratos that the page shows below its field. Default: `None`, which stands for
    /// [`Texts::message`].
    fn field_message(&self, text: &UiText) -> Option<String> {
        let _ = text;
        None
    }

    /// Returns the part of a message that only Kratos knows and says in English, such as a validator's reason. The page
    /// shows it after the message, marked as English. Default: `None`.
    fn reason(&self, text: &UiText) -> Option<String> {
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

    /// Writes a time, in UTC or with its zone. Default: `None`, which stands for the form `28 November 2026, 09:30 UTC`.
    fn date_time(&self, time: Timestamp) -> Option<String> {
        let _ = time;
        None
    }

    /// Says how long ago something was, after its time. Default: `None`, which stands for the form `2 hours ago` if the
    /// language is English; in another the page shows the time alone.
    fn time_ago(&self, age: Duration) -> Option<String> {
        let _ = age;
        None
    }
}

/// Kratos' own texts and the English phrases.
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl Texts for English {}

/// The id of the label of a trait, which is its title in the identity schema (Kratos 26.2.0, text/id.go).
const GENERATED_LABEL: i64 = 1_070_002;

/// A message in the language of the page.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) text: String,
    /// The language of the text, if it is not the page's.
    pub(crate) lang: Option<&'static str>,
    /// What only Kratos knows, in English.
    pub(crate) reason: Option<String>,
}

/// Texts with the fallbacks applied.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a>(pub(crate) &'a dyn Texts);

impl Words<'_> {
    pub(crate) fn message(self, text: &UiText) -> String {
        self.0.message(text).unwrap_or_else(|| text.text.as_str().to_owned())
    }

    /// Translates a message about the whole page, or one that is shown below its field.
    pub(crate) fn say(self, text: &UiText, below_field: bool) -> Said {
        let below = below_field.then(|| self.0.field_message(text)).flatten();
        match below.or_else(|| self.0.message(text)) {
            Some(translated) => Said { text: translated, lang: None, reason: self.0.reason(text) },
            None => {
                Said { text: text.text.as_str().to_owned(), lang: self.lang_of_kratos(text), reason: None }
            }
        }
    }

    /// Returns `en` for a text that Kratos alone has, on a page in another language.
    ///
    /// The texts of an identity schema (1070002) and of web hooks, whose ids are the application's, are in the language of
    /// the application.
    fn lang_of_kratos(self, text: &UiText) -> Option<&'static str> {
        let of_kratos = (1_000_000..6_000_000).contains(&text.id) && text.id != GENERATED_LABEL;
        (of_kratos && !self.is_english() && !text.text.as_str().is_empty()).then_some("en")
    }

    fn is_english(self) -> bool {
        self.0.lang().split('-').next().is_some_and(|lang| lang.eq_ignore_ascii_case("en"))
    }

    /// Returns the language of a label, if it is not the page's.
    pub(crate) fn label_lang(self, field: &str, label: Option<&UiText>) -> Option<&'static str> {
        let label = label?;
        let is_own = self.0.label(field).is_some() || self.0.message(label).is_some();
        if is_own { None } else { self.lang_of_kratos(label) }
    }

    pub(crate) fn phrase(self, phrase: Phrase) -> String {
        self.0.phrase(phrase).unwrap_or_else(|| phrase.english().to_owned())
    }

    /// Writes a time.
    pub(crate) fn date_time(self, time: Timestamp) -> String {
        self.0.date_time(time).unwrap_or_else(|| {
            let time = time.to_utc();
            let (day, month, year) = (time.day(), time.month(), time.year());
            format!("{day} {month} {year}, {:02}:{:02} UTC", time.hour(), time.minute())
        })
    }

    /// Says how long ago something was. `None` after a month, and in languages that have no words for it.
    pub(crate) fn time_ago(self, age: Duration) -> Option<String> {
        let english = || self.is_english().then(|| Age::new(age)).flatten().map(Age::english);
        self.0.time_ago(age).or_else(english)
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
