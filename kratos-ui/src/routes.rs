//! Where the application's pages are.

use kratos_core::model::QuietText;
use url::form_urlencoded;

use crate::view::LinkKind;

/// Where the application's pages are, for the links between them. Paths or URLs; a page without a flow is
/// expected to start one.
#[derive(Clone, Debug)]
pub struct Routes {
    paths: [(LinkKind, Option<String>); 7],
    error: String,
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}

impl Routes {
    /// The paths that Kratos' quickstart has: `/login`, `/registration`, `/recovery`, `/verification`,
    /// `/settings`, `/logout`, `/error`, and `/` for the application's home.
    #[must_use]
    pub fn new() -> Self {
        let path = |kind, path: &str| (kind, Some(path.to_owned()));
        Self {
            paths: [
                path(LinkKind::Login, "/login"),
                path(LinkKind::Registration, "/registration"),
                path(LinkKind::Recovery, "/recovery"),
                path(LinkKind::Verification, "/verification"),
                path(LinkKind::Settings, "/settings"),
                path(LinkKind::Logout, "/logout"),
                path(LinkKind::Home, "/"),
            ],
            error: "/error".to_owned(),
        }
    }

    /// The page to which Kratos leads with its errors (`selfservice.flows.error.ui_url`). Nothing links to it.
    #[must_use]
    pub fn with_error_page(mut self, path: &str) -> Self {
        path.clone_into(&mut self.error);
        self
    }

    /// A page elsewhere. [`LinkKind::OtherAccount`] is where [`LinkKind::Login`] is.
    #[must_use]
    pub fn with(mut self, kind: LinkKind, path: &str) -> Self {
        self.set(kind, Some(path));
        self
    }

    /// A page that there is not: nothing links to it.
    #[must_use]
    pub fn without(mut self, kind: LinkKind) -> Self {
        self.set(kind, None);
        self
    }

    fn set(&mut self, kind: LinkKind, path: Option<&str>) {
        let known = self.paths.iter_mut().filter(|(known, _)| *known == kind);
        known.for_each(|(_, old)| *old = path.map(str::to_owned));
    }

    pub(crate) fn path(&self, kind: LinkKind) -> Option<&str> {
        let kind = if kind == LinkKind::OtherAccount { LinkKind::Login } else { kind };
        self.paths.iter().find(|(known, _)| *known == kind)?.1.as_deref()
    }

    /// Where the application serves a page: the path without a query, if it is one of the application's own.
    pub(crate) fn served_at(&self, kind: LinkKind) -> Option<String> {
        own_path(self.path(kind)?)
    }

    pub(crate) fn error_served_at(&self) -> Option<String> {
        own_path(&self.error)
    }

    /// A page's URL with what has to be kept on the way there.
    pub(crate) fn href(&self, kind: LinkKind, kept: &[(&'static str, String)]) -> Option<QuietText> {
        let path = self.path(kind)?;
        if kept.is_empty() {
            return Some(path.into());
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
        let sign = if path.contains('?') { '&' } else { '?' };
        Some(format!("{path}{sign}{query}").into())
    }
}

/// `//host/path` is a path on another host.
fn own_path(path: &str) -> Option<String> {
    let is_own = path.starts_with('/') && !path.starts_with("//");
    is_own.then(|| path.split(['?', '#']).next().unwrap_or(path).to_owned())
}
