//! The session of a request whose headers are not read yet.

use std::sync::atomic::Ordering;

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

    /// Returns whether a guard required this session, and `kratos` is another one than it belongs to. A nested layer of
    /// `kratos` would then replace a session that was checked by one that was not.
    #[must_use]
    pub fn is_guarded_by_another(&self, kratos: &Kratos) -> bool {
        let session = &self.0.0;
        session.required.load(Ordering::Relaxed) && !session.kratos.is_same(kratos)
    }

    /// Returns the headers that the response needs. Call it after the handler.
    pub fn response_headers(&self) -> ResponseHeaders {
        self.0.response_headers()
    }
}
