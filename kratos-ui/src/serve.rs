//! What an application serves for its self-service pages, whatever its framework.

use std::{fmt, sync::Arc};

use kratos_core::flow::FlowError;

use crate::{
    PageFlow, Theme,
    assets::{ASSETS, Asset},
    page::Page,
    view::{LinkKind, View},
};

/// Something that an application serves for its self-service pages.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PageRoute {
    /// The page of login flows: sign-in, sign-in again, second factor.
    Login,
    /// The page of registration flows.
    Registration,
    /// The page of recovery flows.
    Recovery,
    /// The page of verification flows.
    Verification,
    /// The page of settings flows.
    Settings,
    /// The page of errors.
    Error,
    /// Signing out, by POST.
    Logout,
    /// A file that the pages load.
    Asset(Asset),
}

impl Theme {
    /// Everything to serve, and the path of each: those of [`Routes`](crate::Routes), and the assets' own. What
    /// `Routes` leaves out or puts on another host is not among them.
    #[must_use]
    pub fn served(&self) -> Vec<(String, PageRoute)> {
        let routes = self.routes();
        let pages = [
            (LinkKind::Login, PageRoute::Login),
            (LinkKind::Registration, PageRoute::Registration),
            (LinkKind::Recovery, PageRoute::Recovery),
            (LinkKind::Verification, PageRoute::Verification),
            (LinkKind::Settings, PageRoute::Settings),
            (LinkKind::Logout, PageRoute::Logout),
        ];
        let pages = pages.into_iter().filter_map(|(kind, page)| Some((routes.served_at(kind)?, page)));
        let error = routes.error_served_at().map(|path| (path, PageRoute::Error));
        let assets =
            ASSETS.into_iter().filter_map(|asset| Some((self.asset_path(&asset)?, PageRoute::Asset(asset))));
        pages.chain(error).chain(assets).collect()
    }
}

type Choose<R> = dyn Fn(&R) -> Option<Theme> + Send + Sync;
type Change<R> = dyn Fn(&mut View, &R) + Send + Sync;

/// How the pages for a request of type `R` are made. The routers of `kratos-axum` and `kratos-actix` hold one.
pub struct PageRenderer<R> {
    theme: Arc<Theme>,
    choose: Option<Arc<Choose<R>>>,
    change: Option<Arc<Change<R>>>,
}

impl<R> PageRenderer<R> {
    /// Every page by this theme.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        Self { theme: Arc::new(theme), choose: None, change: None }
    }

    /// Another theme for some requests: a language, a tenant's colours. `None` keeps the one of
    /// [`new`](Self::new), whose paths are served in any case. A [`Theme`] costs a few allocations to clone.
    #[must_use]
    pub fn with_theme_for(mut self, choose: impl Fn(&R) -> Option<Theme> + Send + Sync + 'static) -> Self {
        self.choose = Some(Arc::new(choose));
        self
    }

    /// Changes what a page shows before it is rendered.
    #[must_use]
    pub fn with_view(mut self, change: impl Fn(&mut View, &R) + Send + Sync + 'static) -> Self {
        self.change = Some(Arc::new(change));
        self
    }

    /// The theme whose paths are served.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The page of a flow.
    pub fn page<F: PageFlow>(&self, flow: &F, request: &R) -> Page {
        self.render(request, |theme| theme.view(flow))
    }

    /// The page of an error.
    pub fn error_page(&self, error: &FlowError, request: &R) -> Page {
        self.render(request, |theme| theme.error_view(error))
    }

    fn render(&self, request: &R, view: impl Fn(&Theme) -> View) -> Page {
        let chosen = self.choose.as_ref().and_then(|choose| choose(request));
        let theme = chosen.as_ref().unwrap_or(&self.theme);
        let mut view = view(theme);
        if let Some(change) = &self.change {
            change(&mut view, request);
        }
        theme.render(&view)
    }
}

impl<R> Clone for PageRenderer<R> {
    fn clone(&self) -> Self {
        Self { theme: Arc::clone(&self.theme), choose: self.choose.clone(), change: self.change.clone() }
    }
}

impl<R> fmt::Debug for PageRenderer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Look").field("theme", &self.theme).finish_non_exhaustive()
    }
}
