//! What the session layer leaves in a request's extensions.

use std::fmt;

use http::{HeaderMap, Request, Uri, request::Parts, uri::PathAndQuery};
use kratos_core::{LazySession, RequestSession, policy::RequestView};

/// The session of a request and the path that the browser asked for. Extractors and [`crate::RequireLayer`]
/// find it in the request's extensions.
#[derive(Clone)]
pub struct SessionContext {
    session: LazySession,
    path: Option<PathAndQuery>,
}

impl fmt::Debug for SessionContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may hold a code.
        let path = self.path.as_ref().map(PathAndQuery::path);
        f.debug_struct("SessionContext").field("session", &self.session).field("path", &path).finish()
    }
}

impl SessionContext {
    pub(crate) fn new(session: LazySession, uri: &Uri) -> Self {
        Self { session, path: uri.path_and_query().cloned() }
    }

    /// The context of a request, if it came through a [`crate::KratosLayer`].
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    /// The session of the request, which has these headers. Their credential is read when this is first called.
    pub fn session(&self, headers: &HeaderMap) -> &RequestSession {
        self.session.read(headers)
    }

    /// What the policy needs to know of the request with these parts, on the full path.
    #[must_use]
    pub fn view<'a>(&'a self, parts: &'a Parts) -> RequestView<'a, HeaderMap> {
        let path = self.path.as_ref().map_or("/", PathAndQuery::as_str);
        RequestView::new(parts.method.as_str(), path, &parts.headers)
    }
}
