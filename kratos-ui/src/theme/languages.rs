//! The languages of a theme's pages.

use std::sync::Arc;

use super::Theme;
use crate::{build::LanguageSources, texts::Texts};

/// The languages that a request asks for.
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(not(feature = "languages"), allow(dead_code, reason = "read to choose a language"))]
pub(crate) struct Wanted<'a> {
    /// By the application.
    pub(crate) chosen: Option<&'a str>,
    /// By `Accept-Language`.
    pub(crate) accepted: Option<&'a str>,
}

impl Theme {
    /// Offers the pages in these languages; see there how a page's is chosen. Replaces [`with_texts`](Self::with_texts):
    /// give the application's own texts to [`Languages::with_texts`](crate::Languages::with_texts). Default: the texts of
    /// `with_texts` alone.
    #[cfg(feature = "languages")]
    #[cfg_attr(docsrs, doc(cfg(feature = "languages")))]
    #[must_use]
    pub fn with_languages(mut self, languages: crate::Languages) -> Self {
        self.languages = Some(Arc::new(languages));
        self
    }

    /// Sets the `Accept-Language` of the request, for a theme that renders one response. `Pages` of `kratos-axum` and
    /// `kratos-actix`, and `render_rejection`, read it themselves. Default: none.
    #[cfg(feature = "languages")]
    #[cfg_attr(docsrs, doc(cfg(feature = "languages")))]
    #[must_use]
    pub fn with_accept_language(mut self, accepted: &str) -> Self {
        self.wishes = vec![accepted.to_owned()];
        self
    }

    /// Fixes the languages that one response asks for: by the application, by an OAuth2 client and by the browser.
    #[cfg_attr(
        not(feature = "languages"),
        allow(unused_mut, unused_variables, reason = "they choose a language")
    )]
    pub(crate) fn for_wishes(
        mut self,
        chosen: Option<&str>,
        locales: &[String],
        accepted: Option<&str>,
    ) -> Self {
        #[cfg(feature = "languages")]
        if chosen.is_some() || !locales.is_empty() || accepted.is_some() {
            let locales = (!locales.is_empty()).then(|| crate::languages::tags(&locales.join(" ")));
            let own = |text: Option<&str>| text.map(str::to_owned);
            self.wishes = [own(chosen), locales, own(accepted)].into_iter().flatten().collect();
        }
        self
    }

    /// Returns the texts of a page. A request's wishes take precedence over those of the theme.
    #[cfg_attr(not(feature = "languages"), allow(unused_variables, reason = "they choose a language"))]
    pub(super) fn texts_for(
        &self,
        sources: Option<&LanguageSources<'_>>,
        wanted: &Wanted<'_>,
    ) -> Arc<dyn Texts> {
        #[cfg(feature = "languages")]
        if let Some(languages) = &self.languages {
            let accepted: Vec<&str> = match wanted.accepted {
                Some(accepted) => vec![accepted],
                None => self.wishes.iter().map(String::as_str).collect(),
            };
            if let Some(texts) = languages.texts_for(wanted.chosen, sources, &accepted) {
                return texts;
            }
        }
        Arc::clone(&self.texts)
    }
}
