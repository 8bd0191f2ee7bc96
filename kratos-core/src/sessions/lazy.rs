//! The session of a request whose headers nobody has looked at yet.

use super::{Kratos, RequestSession, ResponseHeaders};
use crate::credential::HeaderLookup;

/// What a layer leaves for whoever may ask for the session. Making one costs an allocation; reading the credential
/// is left to the first who asks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LazySession(RequestSession);

impl LazySession {
    pub(super) fn new(sessions: Kratos) -> Self {
        Self(RequestSession::unread(sessions))
    }

    /// The session of the request with these headers. The first call reads the credential in them, and all later
    /// ones get the same session.
    pub fn read(&self, headers: &impl HeaderLookup) -> &RequestSession {
        self.0.read(headers);
        &self.0
    }

    /// What the response needs. Call it when the handler is done.
    pub fn response_headers(&self) -> ResponseHeaders {
        self.0.response_headers()
    }
}
