//! A catalogue of messages and phrases.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kratos_model::{Timestamp, flow::ui::UiText};

use super::{
    Language, meaning,
    values::{Given, values},
};
use crate::texts::{Age, Phrase};

/// The messages of a language, parsed.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// Parses a catalogue. Skips entries that are not valid; a test of this crate finds them.
    pub(super) fn new(language: Language, source: &str) -> Self {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let locales = language.tag().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(locales);
        // Marks around values keep a Latin name from mixing with the order of Arabic letters. Elsewhere they would only be
        // copied along.
        bundle.set_use_isolating(language.dir() == "rtl");
        // Fails for entries that are there twice; the first stays.
        let _ = bundle.add_resource(resource);
        Self { bundle }
    }

    /// Translates a message of Kratos, or an attribute of it. `None` if the message is unknown or lacks a value.
    pub(super) fn message(&self, text: &UiText, attribute: Option<&str>) -> Option<String> {
        let id = meaning::id(text);
        let key = format!("kratos-{id}");
        if !self.bundle.has_message(&key) {
            return None;
        }
        let args = self.args(values(id, text));
        if id == DUPLICATE_WITH_HINTS && attribute.is_none() {
            return self.duplicate(&key, &args);
        }
        self.format(&key, attribute, Some(&args))
    }

    /// Translates a phrase of the pages.
    pub(super) fn phrase(&self, phrase: Phrase) -> Option<String> {
        // The pages replace these in phrases, as they do in English.
        let mut args = FluentArgs::with_capacity(PLACES.len());
        for (name, place) in PLACES {
            args.set(name, place);
        }
        self.format(&phrase.key().replace('.', "-"), None, Some(&args))
    }

    fn format(&self, key: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let formatted = self.bundle.format_pattern(pattern, args, &mut errors);
        // A value is missing: Kratos' own text has it.
        errors.is_empty().then(|| formatted.into_owned())
    }

    fn args(&self, values: Vec<(String, Given)>) -> FluentArgs<'static> {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, given) in values {
            let value = match given {
                Given::Text(text) => FluentValue::from(text),
                Given::Whole(number) => FluentValue::from(number),
                Given::Number(number) => FluentValue::from(number),
                Given::Time(time) => match self.time(time) {
                    Some(time) => FluentValue::from(time),
                    None => continue,
                },
                Given::List(items) => FluentValue::from(self.list(&name, &items)),
            };
            args.set(Cow::Owned(name), value);
        }
        args
    }

    /// Writes a time in UTC.
    pub(super) fn time(&self, time: Timestamp) -> Option<String> {
        let time = time.to_utc();
        let mut args = FluentArgs::with_capacity(4);
        args.set("day", i64::from(time.day()));
        args.set("month", i64::from(u8::from(time.month())));
        args.set("year", time.year().to_string());
        // One value: in a text from right to left its parts would change places.
        args.set("clock", format!("{:02}:{:02}", time.hour(), time.minute()));
        self.format("date-time", None, Some(&args))
    }

    /// Says how long ago something was.
    pub(super) fn ago(&self, age: Age) -> Option<String> {
        let (key, number) = match age {
            Age::Now => return self.format("ago-now", None, None),
            Age::Minutes(number) => ("ago-minutes", number),
            Age::Hours(number) => ("ago-hours", number),
            Age::Days(number) => ("ago-days", number),
        };
        let mut args = FluentArgs::with_capacity(1);
        args.set("n", number);
        self.format(key, None, Some(&args))
    }

    /// Joins the items of a list. Methods and types have words of the language; names of providers do not.
    fn list(&self, name: &str, items: &[String]) -> String {
        let prefix = match name {
            "available_credential_types" => Some("method-"),
            "allowed_types" => Some("type-"),
            _ => None,
        };
        let mut words: Vec<String> = Vec::with_capacity(items.len());
        for item in items {
            let word = prefix.and_then(|prefix| self.format(&format!("{prefix}{item}"), None, None));
            let word = word.unwrap_or_else(|| item.clone());
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let separator = self.format("list-separator", None, None);
        words.join(separator.as_deref().unwrap_or(", "))
    }

    /// Writes the message that another account exists, with the ways to sign in to it that Kratos reveals.
    fn duplicate(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let text = |name| match args.get(name) {
            Some(FluentValue::String(text)) if !text.is_empty() => Some(text.to_string()),
            _ => None,
        };
        let hint = text("credential_identifier_hint");
        let mut sentences = self.format(key, hint.is_none().then_some("unknown"), Some(args))?;
        for (given, name) in
            [("available_credential_types", "methods"), ("available_oidc_providers", "providers")]
        {
            let Some(words) = text(given) else { continue };
            let mut args = FluentArgs::with_capacity(1);
            args.set(name, words);
            if let Some(sentence) = self.format(key, Some(name), Some(&args)) {
                let separator = self.format("sentence-separator", None, None);
                sentences.push_str(separator.as_deref().unwrap_or(" "));
                sentences.push_str(&sentence);
            }
        }
        Some(sentences)
    }
}

/// The id of “an account exists already” with hints (Kratos 1.1 and later, text/id.go).
const DUPLICATE_WITH_HINTS: i64 = 4_000_028;

/// What the pages put into phrases, in place of `{client}` and so on.
const PLACES: [(&str, &str); 7] = [
    ("client", "{client}"),
    ("scope", "{scope}"),
    ("browser", "{browser}"),
    ("system", "{system}"),
    ("time", "{time}"),
    ("place", "{place}"),
    ("device", "{device}"),
];
