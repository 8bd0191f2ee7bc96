//! What a layer inserts into a request's extensions.

use std::fmt;

use http::{
    HeaderMap, Request, Uri,
    request::Parts,
    uri::{Authority, PathAndQuery},
};

use super::{LazySession, RequestSession};
use crate::policy::RequestView;

/// The session of a request and the path that the browser requested, in the extensions of a request of `http` 1.x. The
/// layer of kratos-tower inserts it.
#[derive(Clone)]
pub struct RequestContext {
    session: LazySession,
    path: Option<PathAndQuery>,
}

impl RequestContext {
    /// Binds a session to the URI that the browser requested: the one before a nested router removed a prefix.
    #[must_use]
    pub fn new(session: LazySession, uri: &Uri) -> Self {
        Self { session, path: uri.path_and_query().cloned() }
    }

    /// Returns the context of a request that passed a layer.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    /// Returns the session of the request with these headers. The first call reads the credential.
    pub fn session(&self, headers: &HeaderMap) -> &RequestSession {
        self.session.read(headers)
    }

    /// Returns the view of the request with these parts, on the path that the browser requested.
    #[must_use]
    pub fn view<'a>(&'a self, parts: &'a Parts) -> RequestView<'a, HeaderMap> {
        let path = self.path.as_ref().map_or("/", PathAndQuery::as_str);
        // A nested router removes nothing of it.
        let authority = parts.uri.authority().map(Authority::as_str);
        RequestView::new(parts.method.as_str(), path, &parts.headers).with_authority(authority)
    }
}

impl fmt::Debug for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may hold a code.
        let path = self.path.as_ref().map(PathAndQuery::path);
        f.debug_struct("RequestContext").field("session", &self.session).field("path", &path).finish()
    }
}
