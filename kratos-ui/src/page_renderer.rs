//! Rendering that depends on the request.

use std::{fmt, sync::Arc};

use kratos_model::flow::FlowError;

use crate::{FormPage, PageFlow, Theme, UserSessions, page::Page, theme::Wanted, view::View};

type ThemeFor<R> = dyn Fn(&R) -> Option<Theme> + Send + Sync;
type ReadLanguage<R> = dyn Fn(&R) -> Option<String> + Send + Sync;
type ThemeForLocales = dyn Fn(&[String]) -> Option<Theme> + Send + Sync;
type ChangeView<R> = dyn Fn(&mut View, &R) + Send + Sync;

/// Renders pages for requests of type `R`. `Pages` of `kratos-axum` and `kratos-actix` holds one.
pub struct PageRenderer<R> {
    theme: Arc<Theme>,
    theme_for: Option<Arc<ThemeFor<R>>>,
    theme_for_locales: Option<Arc<ThemeForLocales>>,
    change_view: Option<Arc<ChangeView<R>>>,
    accept_language: Option<Arc<ReadLanguage<R>>>,
    language_for: Option<Arc<ReadLanguage<R>>>,
}

impl<R> PageRenderer<R> {
    /// Renders every page with this theme.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        Self {
            theme: Arc::new(theme),
            theme_for: None,
            theme_for_locales: None,
            change_view: None,
            accept_language: None,
            language_for: None,
        }
    }

    /// Selects a theme by request, for example by language or tenant. `None` selects the theme of
    /// [`new`](Self::new), whose paths are mounted in every case. Cloning a [`Theme`] costs a few allocations.
    #[must_use]
    pub fn with_theme_for(mut self, choose: impl Fn(&R) -> Option<Theme> + Send + Sync + 'static) -> Self {
        self.theme_for = Some(Arc::new(choose));
        self
    }

    /// Selects a theme by the languages that an OAuth2 client requests (`ui_locales`), in its order of preference. It is
    /// asked only if the client names any, and precedes [`with_theme_for`](Self::with_theme_for). Default: none.
    #[must_use]
    pub fn with_theme_for_locales(
        mut self,
        choose: impl Fn(&[String]) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
        self.theme_for_locales = Some(Arc::new(choose));
        self
    }

    /// Changes the content of a page before it is rendered. Default: unchanged.
    #[must_use]
    pub fn with_view(mut self, change: impl Fn(&mut View, &R) + Send + Sync + 'static) -> Self {
        self.change_view = Some(Arc::new(change));
        self
    }

    /// Reads the `Accept-Language` of a request, for a theme with `with_languages` (feature `languages`). `Pages` of
    /// `kratos-axum` and `kratos-actix` does so. Default: none.
    #[must_use]
    pub fn with_accept_language(
        mut self,
        read: impl Fn(&R) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.accept_language = Some(Arc::new(read));
        self
    }

    /// Selects the language of a page by request, for example by a cookie or the session's identity: a tag, or a list as in
    /// `Accept-Language`. Takes precedence over all other wishes. Needs a theme with `with_languages` (feature `languages`).
    /// Default: `None`.
    #[must_use]
    pub fn with_language_for(
        mut self,
        choose: impl Fn(&R) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.language_for = Some(Arc::new(choose));
        self
    }

    /// Returns the theme whose paths are mounted.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Renders the page of a flow.
    pub fn page<F: PageFlow>(&self, flow: &F, request: &R) -> Page {
        self.render(request, &flow.facts().provider.locales, |theme, wanted| theme.view_for(flow, wanted))
    }

    /// Renders the page of an error.
    pub fn error_page(&self, error: &FlowError, request: &R) -> Page {
        self.render(request, &[], |theme, wanted| theme.error_view_for(error, wanted))
    }

    /// Selects the theme of a page with a form of the application, in the language that `locales` (`ui_locales` of an OAuth2
    /// client) and the request ask for.
    #[must_use]
    pub fn theme_for(&self, request: &R, locales: &[String]) -> Theme {
        let (chosen, accepted) = self.wishes(request);
        let theme = self.selected(request, locales);
        let theme = theme.unwrap_or_else(|| (*self.theme).clone());
        theme.for_wishes(chosen.as_deref(), locales, accepted.as_deref())
    }

    /// Renders a page with a form of the application, in the theme of [`theme_for`](Self::theme_for).
    pub fn form_page(&self, theme: &Theme, page: FormPage, request: &R) -> Page {
        self.changed(theme, theme.form_view(page), request)
    }

    /// Renders the page with the user's sessions and devices.
    pub fn sessions_page(&self, sessions: &UserSessions<'_>, request: &R) -> Page {
        self.render(request, &[], |theme, wanted| theme.sessions_view_for(sessions, wanted))
    }

    /// Renders the page that deletes the user's account.
    pub fn deletion_page(&self, has_failed: bool, request: &R) -> Page {
        self.render(request, &[], |theme, wanted| theme.deletion_view_for(has_failed, wanted))
    }

    fn render(&self, request: &R, locales: &[String], view: impl Fn(&Theme, &Wanted<'_>) -> View) -> Page {
        let selected = self.selected(request, locales);
        let theme = selected.as_ref().unwrap_or(&self.theme);
        let (chosen, accepted) = self.wishes(request);
        let wanted = Wanted { chosen: chosen.as_deref(), accepted: accepted.as_deref() };
        self.changed(theme, view(theme, &wanted), request)
    }

    /// Selects another theme than the usual one.
    fn selected(&self, request: &R, locales: &[String]) -> Option<Theme> {
        let by_locales = self.theme_for_locales.as_ref().filter(|_| !locales.is_empty());
        by_locales
            .and_then(|choose| choose(locales))
            .or_else(|| self.theme_for.as_ref().and_then(|choose| choose(request)))
    }

    /// Returns the languages of the application's choice and of `Accept-Language`.
    fn wishes(&self, request: &R) -> (Option<String>, Option<String>) {
        let read = |read: &Option<Arc<ReadLanguage<R>>>| read.as_ref().and_then(|read| read(request));
        (read(&self.language_for), read(&self.accept_language))
    }

    fn changed(&self, theme: &Theme, mut view: View, request: &R) -> Page {
        if let Some(change) = &self.change_view {
            change(&mut view, request);
        }
        theme.render(&view)
    }
}

impl<R> Clone for PageRenderer<R> {
    fn clone(&self) -> Self {
        Self {
            theme: Arc::clone(&self.theme),
            theme_for: self.theme_for.clone(),
            theme_for_locales: self.theme_for_locales.clone(),
            change_view: self.change_view.clone(),
            accept_language: self.accept_language.clone(),
            language_for: self.language_for.clone(),
        }
    }
}

impl<R> fmt::Debug for PageRenderer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageRenderer").field("theme", &self.theme).finish_non_exhaustive()
    }
}
