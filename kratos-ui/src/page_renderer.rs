//! Rendering that depends on the request.

use std::{fmt, sync::Arc};

use kratos_model::flow::FlowError;

use crate::{PageFlow, Theme, page::Page, view::View};

type ThemeFor<R> = dyn Fn(&R) -> Option<Theme> + Send + Sync;
type ChangeView<R> = dyn Fn(&mut View, &R) + Send + Sync;

/// Renders pages for requests of type `R`. `Pages` of `kratos-axum` and `kratos-actix` holds one.
pub struct PageRenderer<R> {
    theme: Arc<Theme>,
    theme_for: Option<Arc<ThemeFor<R>>>,
    change_view: Option<Arc<ChangeView<R>>>,
}

impl<R> PageRenderer<R> {
    /// Renders every page with this theme.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        Self { theme: Arc::new(theme), theme_for: None, change_view: None }
    }

    /// Selects a theme by request, for example by language or tenant. `None` selects the theme of
    /// [`new`](Self::new), whose paths are mounted in every case. Cloning a [`Theme`] costs a few allocations.
    #[must_use]
    pub fn with_theme_for(mut self, choose: impl Fn(&R) -> Option<Theme> + Send + Sync + 'static) -> Self {
        self.theme_for = Some(Arc::new(choose));
        self
    }

    /// Changes the content of a page before it is rendered. Default: unchanged.
    #[must_use]
    pub fn with_view(mut self, change: impl Fn(&mut View, &R) + Send + Sync + 'static) -> Self {
        self.change_view = Some(Arc::new(change));
        self
    }

    /// Returns the theme whose paths are mounted.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Renders the page of a flow.
    pub fn page<F: PageFlow>(&self, flow: &F, request: &R) -> Page {
        self.render(request, |theme| theme.view(flow))
    }

    /// Renders the page of an error.
    pub fn error_page(&self, error: &FlowError, request: &R) -> Page {
        self.render(request, |theme| theme.error_view(error))
    }

    fn render(&self, request: &R, view: impl Fn(&Theme) -> View) -> Page {
        let selected = self.theme_for.as_ref().and_then(|choose| choose(request));
        let theme = selected.as_ref().unwrap_or(&self.theme);
        let mut view = view(theme);
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
            change_view: self.change_view.clone(),
        }
    }
}

impl<R> fmt::Debug for PageRenderer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageRenderer").field("theme", &self.theme).finish_non_exhaustive()
    }
}
