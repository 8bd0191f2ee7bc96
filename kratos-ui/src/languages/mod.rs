//! The languages that pages are offered in, and their choice.

mod catalogue;
mod language;
mod meaning;
mod negotiate;
mod sources;
mod values;

use std::{fmt, sync::Arc, time::Duration};

use kratos_model::{Timestamp, flow::ui::UiText};
use unic_langid::LanguageIdentifier;

use crate::{
    build::LanguageSources,
    texts::{Age, Phrase, Texts},
};

pub use language::Language;
pub(crate) use sources::tags;

/// The languages that pages are offered in. [`Theme::with_languages`](crate::Theme::with_languages) takes them.
///
/// Each page is in the first of these that the application or the user asks for:
///
/// 1. what `with_language_for` of `Pages` returns,
/// 2. on settings pages, the trait of [`with_trait`](Self::with_trait),
/// 3. `ui_locales` of the OAuth 2 request, or in the query of the URL that started the flow,
/// 4. the request's `Accept-Language`,
/// 5. the first language here.
///
/// ```
/// use kratos_ui::{Catalog, Language, Languages, Theme};
///
/// let languages = Languages::new(Language::English)
///     .with(Language::German)
///     .with_texts(Catalog::new("de").with_label("traits.club", "Verein"))
///     .with_texts(Catalog::new("da").with_message(1010001, "Log ind"));
/// assert_eq!(languages.choose("fr, de-AT;q=0.8"), "de");
/// let theme = Theme::new().with_languages(languages);
/// ```
///
/// A language costs memory and time from its first page on: its catalogue is parsed once for the whole process, in
/// about a millisecond.
#[derive(Clone)]
pub struct Languages {
    offered: Vec<Offered>,
    trait_name: Option<String>,
}

/// A language that pages are offered in.
#[derive(Clone)]
struct Offered {
    id: LanguageIdentifier,
    texts: Arc<LanguageTexts>,
}

impl Languages {
    /// Offers one language, in which a page also is if no other language suits.
    #[must_use]
    pub fn new(fallback: Language) -> Self {
        Self { offered: Vec::new(), trait_name: None }.with(fallback)
    }

    /// Offers every language that this crate has a catalogue of; the fallback is English.
    #[must_use]
    pub fn all() -> Self {
        Language::ALL.iter().fold(Self::new(Language::English), |all, language| all.with(*language))
    }

    /// Offers one more language.
    #[must_use]
    pub fn with(mut self, language: Language) -> Self {
        let tag = language.tag();
        if let Ok(id) = tag.parse() {
            self.entry(id, tag, language.dir()).catalogue = Some(language);
        }
        self
    }

    /// Adds texts of the application, for the language that their [`Texts::lang`] names. They take precedence over this
    /// crate's. A language that this crate has no catalogue of is offered with these texts alone: the rest is English.
    ///
    /// Ignores texts whose language is not a language tag.
    #[must_use]
    pub fn with_texts(mut self, texts: impl Texts + 'static) -> Self {
        if let Ok(id) = texts.lang().parse() {
            let (tag, dir) = (texts.lang().to_owned(), texts.dir().to_owned());
            self.entry(id, &tag, &dir).own.push(Arc::new(texts));
        }
        self
    }

    /// Reads the user's language from a trait of the identity, for example `language` or `preferences.locale`. Kratos sends
    /// the identity with settings flows alone. Default: none.
    #[must_use]
    pub fn with_trait(mut self, name: &str) -> Self {
        self.trait_name = Some(name.to_owned());
        self
    }

    /// Returns the language tag for a list of wishes, in the form of `Accept-Language`.
    #[must_use]
    pub fn choose(&self, wishes: &str) -> &str {
        self.texts(&[wishes]).map_or("en", |texts| &texts.tag)
    }

    /// Returns the texts for a page: by the application's choice, the flow, and `Accept-Language`.
    pub(crate) fn texts_for(
        &self,
        chosen: Option<&str>,
        sources: Option<&LanguageSources<'_>>,
        accepted: &[&str],
    ) -> Option<Arc<dyn Texts>> {
        let of_flow = sources.map(|sources| sources::wishes(sources, self.trait_name.as_deref()));
        let of_flow = of_flow.iter().flatten().map(String::as_str);
        let wishes: Vec<&str> = chosen.into_iter().chain(of_flow).chain(accepted.iter().copied()).collect();
        self.texts(&wishes).map(|texts| Arc::clone(texts) as Arc<dyn Texts>)
    }

    /// Returns the texts of the first list that names a language which is offered, and else of the fallback.
    fn texts(&self, wishes: &[&str]) -> Option<&Arc<LanguageTexts>> {
        let ids: Vec<_> = self.offered.iter().map(|offered| &offered.id).collect();
        let chosen = wishes.iter().find_map(|wish| negotiate::choose(wish, &ids));
        self.offered.get(chosen.unwrap_or(0)).map(|offered| &offered.texts)
    }

    /// Returns the texts of a language, added if it is missing.
    fn entry(&mut self, id: LanguageIdentifier, tag: &str, dir: &str) -> &mut LanguageTexts {
        let place = self.offered.iter().position(|offered| offered.id == id).unwrap_or_else(|| {
            let texts =
                LanguageTexts { tag: tag.to_owned(), dir: dir.to_owned(), own: Vec::new(), catalogue: None };
            self.offered.push(Offered { id, texts: Arc::new(texts) });
            self.offered.len() - 1
        });
        #[allow(clippy::indexing_slicing, reason = "the index was found or added just before")]
        Arc::make_mut(&mut self.offered[place].texts)
    }
}

impl Default for Languages {
    fn default() -> Self {
        Self::all()
    }
}

impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags = self.offered.iter().map(|offered| &offered.texts.tag);
        f.debug_struct("Languages")
            .field("offered", &tags.collect::<Vec<_>>())
            .field("trait_name", &self.trait_name)
            .finish()
    }
}

/// The texts of a language: the application's, then the catalogue's.
#[derive(Clone)]
pub(crate) struct LanguageTexts {
    tag: String,
    dir: String,
    own: Vec<Arc<dyn Texts>>,
    catalogue: Option<Language>,
}

impl Texts for LanguageTexts {
    fn lang(&self) -> &str {
        &self.tag
    }

    fn dir(&self) -> &str {
        &self.dir
    }

    fn message(&self, text: &UiText) -> Option<String> {
        let own = self.own.iter().find_map(|own| own.message(text));
        own.or_else(|| self.catalogue?.catalogue().message(text, None))
    }

    fn field_message(&self, text: &UiText) -> Option<String> {
        let own = self.own.iter().find_map(|own| own.field_message(text));
        own.or_else(|| self.catalogue?.catalogue().message(text, Some("field")))
    }

    fn reason(&self, text: &UiText) -> Option<String> {
        if self.own.iter().any(|own| own.message(text).is_some()) {
            return self.own.iter().find_map(|own| own.reason(text));
        }
        meaning::reason(text)
    }

    fn label(&self, field: &str) -> Option<String> {
        self.own.iter().find_map(|own| own.label(field))
    }

    fn date_time(&self, time: Timestamp) -> Option<String> {
        let own = self.own.iter().find_map(|own| own.date_time(time));
        own.or_else(|| self.catalogue?.catalogue().time(time))
    }

    fn time_ago(&self, age: Duration) -> Option<String> {
        let own = self.own.iter().find_map(|own| own.time_ago(age));
        own.or_else(|| self.catalogue?.catalogue().ago(Age::new(age)?))
    }

    fn phrase(&self, phrase: Phrase) -> Option<String> {
        let own = self.own.iter().find_map(|own| own.phrase(phrase));
        own.or_else(|| self.catalogue?.catalogue().phrase(phrase))
    }
}
