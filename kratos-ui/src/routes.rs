//! Paths of the application's pages.

use kratos_model::QuietText;
use url::form_urlencoded;

use crate::view::LinkKind;

/// The paths or URLs of the application's pages, for the links between them.
///
/// Links carry no flow: each page must start one if the URL names none.
#[derive(Clone, Debug)]
pub struct Routes {
    paths: [(LinkKind, Option<String>); 9],
    error: String,
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}

impl Routes {
    /// Uses the paths of Kratos' quickstart: `/login`, `/registration`, `/recovery`, `/verification`,
    /// `/settings`, `/logout`, `/error`, and `/` for the home page. There are no pages for [`LinkKind::Sessions`] and
    /// [`LinkKind::DeleteAccount`] unless [`with`](Self::with) places them.
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
                (LinkKind::Sessions, None),
                (LinkKind::DeleteAccount, None),
            ],
            error: "/error".to_owned(),
        }
    }

    /// Sets the error page (`selfservice.flows.error.ui_url` in Kratos' configuration). No page links to it.
    #[must_use]
    pub fn with_error_page(mut self, path: &str) -> Self {
        path.clone_into(&mut self.error);
        self
    }

    /// Sets the path or URL of a page. [`LinkKind::OtherAccount`] follows [`LinkKind::Login`].
    #[must_use]
    pub fn with(mut self, kind: LinkKind, path: &str) -> Self {
        self.set(kind, Some(path));
        self
    }

    /// Removes a page: no page links to it, and no router mounts it.
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

    /// Returns the path to mount a page at, without a query. Returns `None` for a page on another host.
    pub(crate) fn mount_path(&self, kind: LinkKind) -> Option<String> {
        local_path(self.path(kind)?)
    }

    pub(crate) fn error_mount_path(&self) -> Option<String> {
        local_path(&self.error)
    }

    /// Returns the URL of a page with the parameters to preserve.
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

/// Returns the path without its query, unless it is on another host, as `//host/path` is.
fn local_path(path: &str) -> Option<String> {
    let is_local = path.starts_with('/') && !path.starts_with("//");
    is_local.then(|| path.split(['?', '#']).next().unwrap_or(path).to_owned())
}
