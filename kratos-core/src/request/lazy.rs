//! The session of a request whose headers are not read yet.

use super::{RequestSession, ResponseHeaders};
use crate::{Kratos, adapter::HeaderLookup};

/// The session that a layer inserts into a request: unresolved, its credential unread. Making one costs an allocation.
/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct LazySession(RequestSession);

impl LazySession {
    pub(crate) fn new(kratos: Kratos) -> Self {
        Self(RequestSession::unread(kratos))
    }

    /// Returns the session of the request with these headers. The first call reads the credential; later calls return
    /// the same session.
    pub fn read(&self, headers: &impl HeaderLookup) -> &RequestSession {
        self.0.read(headers);
        &self.0
    }

    /// Returns the headers that the response needs. Call it after the handler.
    pub fn response_headers(&self) -> ResponseHeaders {
        self.0.response_headers()
    }
}
